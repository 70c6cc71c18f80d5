import type { Session } from './session';

/** Fewer files are done before anybody wonders. */
const LONG_RUN = 200;
const EVERY = 50;

/** Says on standard error, on a terminal only, how far a long run is. */
export function createProgress({ err, options }: Session, total: number): { next(): void; end(): void } {
  const isShown = total >= LONG_RUN && process.stderr.isTTY === true && options.format === 'text';
  let done = 0;
  return {
    next() {
      if (isShown && done++ % EVERY === 0) err(`\r${done} of ${total} files`);
    },
    end() {
      if (isShown) err(`\r\u001b[K`);
    },
  };
}
