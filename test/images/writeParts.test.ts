import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeParts } from '../../server/src/images/writeParts';
import { folderOf } from '../helpers/cliProcess';

it('writes parts that come in one buffer', async () => {
  const path = join(folderOf({}), 'parts');
  const buffer = Buffer.alloc(50_000);
  async function* lent() {
    for (const letter of 'abcdef') yield buffer.fill(letter);
  }
  await writeParts(path, lent());
  const expected = [...'abcdef'].map((letter) => letter.repeat(buffer.length)).join('');
  expect(readFileSync(path, 'utf8') === expected).toBe(true);
});
