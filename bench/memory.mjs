import { readFileSync } from 'node:fs';

/** Bytes of a process in memory, now (`VmRSS`) or at most so far (`VmHWM`); undefined where the system does not tell. */
export function memoryOf(pid, field) {
  try {
    return Number(new RegExp(`${field}:\\s*(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return undefined;
  }
}
