import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientTexts, placeholdersOf } from './sourceTexts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): Record<string, string> => JSON.parse(readFileSync(join(root, file), 'utf8'));

describe('the Japanese texts of the client', () => {
  const { texts, unclear } = clientTexts();
  const japanese = read('l10n/bundle.l10n.ja.json');

  it('are those that it says, sorted', () => {
    expect(unclear).toEqual([]);
    expect(Object.keys(japanese)).toEqual([...texts].sort());
  });

  it.each(Object.entries(japanese))('%s has its placeholders', (english, text) => {
    expect(placeholdersOf(text)).toEqual(placeholdersOf(english));
  });
});

describe('the Japanese texts of the manifest', () => {
  it('are those that it has, in the same order', () => {
    expect(Object.keys(read('package.nls.ja.json'))).toEqual(Object.keys(read('package.nls.json')));
  });

  it('are those that it names', () => {
    const named = [...readFileSync(join(root, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    expect(Object.keys(read('package.nls.json')).sort()).toEqual([...new Set(named)].sort());
  });
});
