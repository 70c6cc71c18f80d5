import type { Session } from './session';

/** Fewer files are done before anybody wonders. */
const LONG_RUN = 200;
const EVERY = 50;

/** Says on standard error, on a terminal only, how far a long run is. */
export function createProgress({ err, engine: { localize } }: Session, total: number): { next(): void; end(): void } {
  const isShown = total >= LONG_RUN && process.stderr.isTTY === true;
  let done = 0;
  return {
    next() {
      // Back to the start of the line: whatever is printed next takes its place.
      if (isShown && done++ % EVERY === 0) err(`${localize('{done} of {total} files', { done, total })}\r`);
    },
    end() {
      if (isShown) err('\u001b[K');
    },
  };
}
