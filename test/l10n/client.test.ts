import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const japanese: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'l10n/bundle.l10n.ja.json'), 'utf8'),
);

/** The texts in the calls of `l10n.t`; the pages of reports have one of the same form. */
function textsUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) => {
      const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      return [...source.matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)].map(
        ([, single, double]) => single?.replaceAll("\\'", "'") ?? double ?? '',
      );
    });
}

const placeholders = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).toSorted();

describe('the Japanese of the client', () => {
  const texts = [...new Set(textsUnder(join(root, 'client/src')))];

  it('lacks nothing', () => {
    expect(texts.length).toBeGreaterThan(30);
    expect(texts.filter((text) => !Object.hasOwn(japanese, text))).toEqual([]);
  });

  it('has the placeholders of the English', () => {
    for (const [english, text] of Object.entries(japanese))
      expect(placeholders(text), english).toEqual(placeholders(english));
  });
});
