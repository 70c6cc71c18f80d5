import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { transforms } from '../../server/src/optimizer/transforms';

describe('the table of steps', () => {
  it.each(['docs/optimize.md', 'docs/ja/optimize.md'])('of %s has each transform with its level', (page) => {
    const rows = [...readFileSync(page, 'utf8').matchAll(/^\| `([\w-]+)` +\| (\w+) +\|/gm)];
    const table = rows.map(([, id, level]) => `${id} ${level}`).sort();
    expect(table).toEqual(transforms.map(({ id, level }) => `${id} ${level}`).sort());
  });
});
