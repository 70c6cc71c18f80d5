import type { Problem } from '../../reports/outcome';

/** Thrown where the engine cannot go on, or was cancelled. */
export class Stopped extends Error {
  constructor(readonly problem: Problem) {
    super(problem.reason);
  }
}
