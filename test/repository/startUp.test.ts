import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SOURCES = resolve(import.meta.dirname, '../../server/src');

test('nothing loads the sorting rules of a language: that takes longer than the lint of a file', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const calls = files.filter((file) => /\.localeCompare\(|\bIntl\./.test(readFileSync(join(SOURCES, file), 'utf8')));
  expect(calls).toEqual([]);
});
