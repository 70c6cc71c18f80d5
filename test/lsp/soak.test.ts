import { expect, it } from 'vitest';
import { soak } from '../../scripts/soak.mjs';

it('goes through random edits, requests and cancellations unharmed (the long run: npm run soak)', async () => {
  const { problems, answers, steps } = await soak(150, { documents: 20, seed: 7 });
  expect(problems).toEqual([]);
  expect(answers).toBeGreaterThan(steps / 4);
});
