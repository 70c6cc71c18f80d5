import { expect, test } from 'vitest';
import { SAMPLES } from '../../scripts/frameworks/samples.mjs';
import { planFor } from '../helpers/plan';

test.each(
  SAMPLES.flatMap(({ name, files, dockerfile }) => [
    { name, level: 'recommended' as const, files, dockerfile },
    { name, level: 'all' as const, files, dockerfile },
  ]),
)('$name: the result of $level has nothing left to do', ({ level, files, dockerfile }) => {
  const plan = planFor(dockerfile, files, { level });
  const written = Object.fromEntries(plan.files.map(({ path, after }) => [path, after]));
  const again = planFor(plan.after, { ...files, ...written }, { level });
  expect(plan.after).not.toBe(dockerfile);
  expect(again.steps.map(({ id }) => id)).toEqual([]);
});
