import { defineTests } from './extension';
import { runSuite } from './run';

/** What the extension host of a browser calls: no programs are started there. */
export function run(): Promise<void> {
  return runSuite(defineTests);
}
