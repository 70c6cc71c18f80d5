import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeholdersOf, serverTexts } from './sourceTexts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'server/src/l10n/ja');
const areas = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8'));
const known = new Map(areas.flatMap((area) => Object.entries(read(join(folder, area)))));
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
/** Nothing but punctuation, placeholders and names such as `ID`. */
const WITHOUT_WORDS = /^(?:[^\p{L}]|\b[A-Z]{2,}\b)*$/u;

describe('the Japanese texts of the server', () => {
  const { texts, literals, unclear } = serverTexts();

  it('can be looked up: every call has its text in it', () => {
    expect(unclear).toEqual([]);
  });

  it('are all there', () => {
    expect([...texts].filter((text) => !known.has(text))).toEqual([]);
  });

  it('are all used', () => {
    expect([...known.keys()].filter((text) => !texts.has(text) && !literals.has(text))).toEqual([]);
  });

  it.each(areas)('%s is sorted, in Japanese, and has the placeholders of the English', (area) => {
    const entries = Object.entries(read(join(folder, area)));
    expect(entries.map(([english]) => english)).toEqual(entries.map(([english]) => english).sort());
    for (const [english, japanese] of entries) {
      const isPlain = WITHOUT_WORDS.test(english.replace(/\{\w+\}/g, ''));
      if (!isPlain) expect(japanese, english).toMatch(JAPANESE);
      expect(placeholdersOf(japanese), english).toEqual(placeholdersOf(english));
    }
  });
});
