import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepLabels } from '../../server/src/lsp/stepLabels';
import { transforms } from '../../server/src/optimizer/transforms';
import { allRules } from '../../server/src/rules';

const root = resolve(import.meta.dirname, '../..');
const japanese = JSON.parse(readFileSync(join(root, 'server/src/l10n/ja/optimizer.json'), 'utf8'));

describe('the labels of steps', () => {
  it('are there for every transform, and for rules that exist', () => {
    const transformIds = transforms.map(({ id }) => id);
    expect(Object.keys(stepLabels)).toEqual(expect.arrayContaining(transformIds));
    const known = [...transformIds, ...allRules.map(({ meta }) => meta.id)];
    expect(Object.keys(stepLabels).filter((id) => !known.includes(id))).toEqual([]);
  });

  it.each(Object.entries(stepLabels))('%s is whole beside a saving at the default width', (_, { english }) => {
    expect(english.length).toBeLessThanOrEqual(22);
    // A Japanese letter takes the room of two.
    const width = [...String(japanese[english])].reduce((sum, one) => sum + (one > '\u2fff' ? 2 : 1), 0);
    expect(width).toBeLessThanOrEqual(20);
  });
});
