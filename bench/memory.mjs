import { readFileSync } from 'node:fs';

/** The unit of times in /proc, on every Linux. */
const TICKS_A_SECOND = 100;

/** Memory of a process in bytes, now (`VmRSS`) or at its peak (`VmHWM`); undefined if the system does not report it. */
export function memoryOf(pid, field) {
  try {
    return Number(new RegExp(`${field}:\\s*(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return undefined;
  }
}

/** Processor time of a process so far in seconds, user and system; undefined if the system does not report it. */
export function processorSecondsOf(pid) {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) / TICKS_A_SECOND;
  } catch {
    return undefined;
  }
}
