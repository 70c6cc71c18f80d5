import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Sentences that no Dockerfile brings about, and why they are there all the same. */
const UNSEEN: Readonly<Record<string, string>> = {
  'nothing is installed or built here': 'what installs and builds nothing is left to slim-base, which is not told',
  'the base image is unknown': 'the types want it: other stages do not come so far',
  'no runtime image is known for this version of .NET': 'the types want it: other images do not come so far',
  'the libraries that {name} needs are unknown for this distribution':
    'other distributions have no smaller image, which is told first',
  'cannot determine which program needs {name}': 'the program then stays on Alpine, and nobody reads why',
  '{program} is called, but the smaller image does not contain this Alpine package':
    'the program then stays on Alpine, and nobody reads why',
};

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'));
}

/** The text between quotes behind `refuse(`. */
const REFUSAL = /\brefuse\(\s*(?:'((?:[^'\\]|\\.)+)'|"((?:[^"\\]|\\.)+)")/g;

const sentences = new Set(
  filesOf('server/src/optimizer').flatMap((source) =>
    [...source.matchAll(REFUSAL)].map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1')),
  ),
);
/** Without the backslashes before quotes and the line ends of long texts. */
const tests = filesOf('test/optimizer')
  .map((source) => source.replace(/\\(['"`])/g, '$1'))
  .join('\n');

/** With any words in place of the placeholders. */
function isInTests(sentence: string): boolean {
  const parts = sentence.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('[^\\n]{1,80}?')).test(tests);
}

describe('the refusals of the optimizer', () => {
  it('are found in its sources', () => {
    expect(sentences.size).toBeGreaterThan(150);
  });

  it('stand in a test, each of them: see test/optimizer/guards', () => {
    const missing = [...sentences].filter((sentence) => !(sentence in UNSEEN) && !isInTests(sentence));
    expect(missing).toEqual([]);
  });

  it('are there where they are said to be unseen', () => {
    expect(Object.keys(UNSEEN).filter((sentence) => !sentences.has(sentence) || isInTests(sentence))).toEqual([]);
  });
});
