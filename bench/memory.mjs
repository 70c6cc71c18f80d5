import { readFileSync } from 'node:fs';

/** Of the figures in /proc, on every Linux. */
const TICKS_A_SECOND = 100;

/** Bytes of a process in memory, now (`VmRSS`) or at most so far (`VmHWM`); undefined where the system does not tell. */
export function memoryOf(pid, field) {
  try {
    return Number(new RegExp(`${field}:\\s*(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return undefined;
  }
}

/** Seconds that a process has spent on processors so far, in its own code and for it; undefined where the system does not tell. */
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
