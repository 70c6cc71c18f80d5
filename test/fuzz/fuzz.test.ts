import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { createRandom } from '../helpers/random.mjs';
import { AREAS } from './areas';
import { mutate } from './mutate';

const CASES = join(import.meta.dirname, 'cases');
const BUDGET_MS = 1200;

describe.each(Object.entries(AREAS))('%s', (name, { seeds, run }) => {
  const folder = join(CASES, name);
  const cases = existsSync(folder) ? readdirSync(folder) : [];

  it.each(cases)('holds for %s, which once broke it', async (file) => {
    await run(readFileSync(join(folder, file), 'latin1'));
  });

  it('holds for what is near its seeds', async () => {
    const inputs = seeds();
    const random = createRandom(1);
    const pick = () => inputs[random(inputs.length)] ?? '';
    const end = performance.now() + BUDGET_MS;
    for (const input of inputs) await run(input);
    while (performance.now() < end) {
      const input = mutate(pick(), pick(), random);
      try {
        await run(input);
      } catch (error) {
        throw new Error(`${JSON.stringify(input)}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }
  });
});
