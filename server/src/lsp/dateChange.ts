import type { Session } from './session';

/** A timer for midnight would be late after the computer has slept. */
const EVERY_MS = 10 * 60 * 1000;

/** Analyzes every document again on a new day: comments expire, and images reach end of life. */
export function followDate(session: Session): void {
  let last = session.engine.knowledge.today;
  const timer: unknown = setInterval(() => {
    const { today } = session.engine.knowledge;
    if (today === last) return;
    last = today;
    session.lookAnew();
  }, EVERY_MS);
  // In Node.js it does not keep the process running; browsers return a number.
  (timer as { unref?(): void }).unref?.();
}
