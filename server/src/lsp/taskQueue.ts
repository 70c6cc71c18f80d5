import type { CancellationToken } from 'vscode-languageserver';

/** Work that takes long and much of the machine: one piece after the other. */
export interface TaskQueue {
  /** Starts when what was asked for before has ended. `work` ends soon after its signal is aborted. */
  run<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Cancels all of it and waits until it is cleaned up. */
  dispose(): Promise<void>;
}

export function createTaskQueue(): TaskQueue {
  const running = new Map<AbortController, Promise<unknown>>();
  return {
    async run(token, work) {
      const controller = new AbortController();
      const listening = token.onCancellationRequested(() => controller.abort());
      if (token.isCancellationRequested) controller.abort();
      const earlier = [...running.values()];
      const result = Promise.allSettled(earlier).then(() => work(controller.signal));
      running.set(controller, result);
      try {
        return await result;
      } finally {
        running.delete(controller);
        listening.dispose();
      }
    },
    async dispose() {
      for (const controller of running.keys()) controller.abort();
      await Promise.allSettled(running.values());
    },
  };
}
