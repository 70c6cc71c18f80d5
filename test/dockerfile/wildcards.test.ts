import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaceWildcards, trimWildcards } from '../../server/src/dockerfile/wildcards';

const value = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 6 });

const sourceOf = (text: string) =>
  text.replace(/\*+|[?.]/g, (token) => (token === '.' ? '\\.' : token === '?' ? '.' : '.*'));

/** By trying every length, as it is told in the shell's manual. */
function trimmed(text: string, word: string, operator: '#' | '%', isLongest: boolean): string {
  const regex = new RegExp(`^(?:${sourceOf(word)})$`);
  const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
  if (isLongest) lengths.reverse();
  const parts = lengths.map((length) =>
    operator === '#'
      ? [text.slice(0, length), text.slice(length)]
      : [text.slice(text.length - length), text.slice(0, text.length - length)],
  );
  return parts.find(([part = '']) => regex.test(part))?.[1] ?? text;
}

describe('wildcards in variables', () => {
  it('take away what the shortest and the longest match of all do', () => {
    fc.assert(
      fc.property(
        value,
        pattern,
        fc.constantFrom<'#' | '%'>('#', '%'),
        fc.boolean(),
        (text, word, operator, isLongest) => {
          const written = isLongest ? operator + word : word;
          expect(trimWildcards(text, written, operator)).toBe(trimmed(text, word, operator, isLongest));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('are replaced as by the regular expression that they stand for', () => {
    fc.assert(
      fc.property(value, pattern, fc.boolean(), (text, word, isGlobal) => {
        // What matches nothing is not replaced.
        fc.pre(!/^\**$/.test(word));
        const regex = new RegExp(sourceOf(word), isGlobal ? 'g' : '');
        expect(replaceWildcards(text, word, 'X', isGlobal)).toBe(text.replace(regex, 'X'));
      }),
      { numRuns: 3000 },
    );
  });
});
