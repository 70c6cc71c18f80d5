import type { CancellationToken } from 'vscode-languageserver';

/** Runs slow, expensive tasks one after the other. */
export interface TaskQueue {
  /** Starts when all earlier tasks have ended. `work` ends soon after its signal is aborted. */
  run<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Cancels all tasks and waits until they have cleaned up. */
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
