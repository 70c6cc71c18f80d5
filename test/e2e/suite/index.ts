import { defineTests } from './extension';
import { defineMeasureTests } from './measure';
import { runSuite } from './run';

/** What VS Code calls inside its extension host. */
export function run(): Promise<void> {
  return runSuite(() => {
    defineTests();
    defineMeasureTests();
  });
}
