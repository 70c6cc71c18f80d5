/** The exit code that shells report for a program stopped with Ctrl+C. */
export const INTERRUPTED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs work with a signal that is aborted on an interrupt, so that it can stop child processes and clean up first. */
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

/** Runs work that no signal may interrupt: a signal that arrives meanwhile ends the process afterwards. */
export async function uninterrupted(work: () => void): Promise<void> {
  let came: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    came ??= signal;
  };
  for (const signal of SIGNALS) process.on(signal, note);
  try {
    work();
  } finally {
    // Signals are delivered in a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    for (const signal of SIGNALS) process.off(signal, note);
    if (came !== undefined) process.kill(process.pid, came);
  }
}
