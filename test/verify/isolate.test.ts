import { describe, expect, it } from 'vitest';
import { firstWrong } from '../../server/src/verify/isolate';

describe('the first wrong change', () => {
  it.each([1, 2, 3, 7, 15, 40])('is found among %i in few looks', async (count) => {
    for (let wrong = 0; wrong < count; wrong++) {
      let looks = 0;
      const found = await firstWrong(count, async (first) => {
        looks++;
        return first <= wrong;
      });
      expect(found).toBe(wrong);
      expect(looks).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
    }
  });
});
