import type { Problem } from '../reports/outcome';

/** Thrown where a verification cannot go on. */
export class Stopped extends Error {
  constructor(readonly problem: Problem) {
    super(problem.reason);
  }
}
