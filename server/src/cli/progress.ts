import type { Session } from './session';

/** With fewer files, the run ends before anyone wonders. */
const LONG_RUN = 200;
const EVERY = 50;

/** Shows the progress of a long run on standard error, only on a terminal. */
export function createProgress({ err, engine: { localize } }: Session, total: number): { next(): void; end(): void } {
  const isShown = total >= LONG_RUN && process.stderr.isTTY === true;
  let done = 0;
  return {
    next() {
      // Returns to the start of the line: the next output overwrites it.
      if (isShown && done++ % EVERY === 0) err(`${localize('{done} of {total} files', { done, total })}\r`);
    },
    end() {
      if (isShown) err('\u001b[K');
    },
  };
}
