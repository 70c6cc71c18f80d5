import { setImmediate } from 'node:timers/promises';

/** As shells tell of a program that Ctrl+C has ended. */
export const INTERRUPTED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Works with a signal that is aborted when the user interrupts: what was started is ended and tidied up first. */
export async function withInterruption<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const cancel = () => controller.abort();
  for (const signal of SIGNALS) process.once(signal, cancel);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, cancel);
  }
}

/** Does something that no signal may cut in half: one that comes meanwhile ends the process afterwards. */
export async function uninterrupted(work: () => void): Promise<void> {
  let came: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    came ??= signal;
  };
  for (const signal of SIGNALS) process.on(signal, note);
  try {
    work();
  } finally {
    // Signals are told of in a turn of the event loop.
    await setImmediate();
    for (const signal of SIGNALS) process.off(signal, note);
    if (came !== undefined) process.kill(process.pid, came);
  }
}
