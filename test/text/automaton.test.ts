import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compile,
  either,
  literal,
  one,
  optional,
  type Pattern,
  repeated,
  sequence,
} from '../../server/src/text/automaton';

interface Both {
  readonly pattern: Pattern;
  readonly source: string;
}

/** Patterns beside the regular expressions that mean the same, small enough for those. */
const both = fc.letrec<{ any: Both }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('a', 'b', '/').map((char) => ({ pattern: literal(char), source: char })),
    fc.constant({ pattern: one((char) => char !== '/'), source: '[^/]' }),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
      pattern: sequence(a.pattern, b.pattern),
      source: a.source + b.source,
    })),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
      pattern: either(a.pattern, b.pattern),
      source: `(?:${a.source}|${b.source})`,
    })),
    tie('any').map(({ pattern, source }) => ({ pattern: optional(pattern), source: `(?:${source})?` })),
    tie('any').map(({ pattern, source }) => ({ pattern: repeated(pattern), source: `(?:${source})*` })),
  ),
})).any;

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });

describe('an automaton', () => {
  it('matches what the same regular expression matches, and the folders of a path', () => {
    fc.assert(
      fc.property(both, fc.array(text, { minLength: 1, maxLength: 5 }), ({ pattern, source }, texts) => {
        const automaton = compile(pattern);
        const regex = new RegExp(`^(?:${source})$`);
        for (const one of texts) {
          expect(automaton.matches(one)).toBe(regex.test(one));
          const parts = one.split('/');
          const folders = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
          expect(automaton.matchesPathOrFolder(one)).toBe(folders.some((folder) => regex.test(folder)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stays small where its steps would be many', () => {
    const star = repeated(one(() => true));
    const pattern = sequence(star, literal('a'), ...Array.from({ length: 16 }, () => one(() => true)));
    const automaton = compile(pattern);
    const long = Array.from({ length: 20_000 }, (_, index) => ((index * 7919) % 13 < 6 ? 'a' : 'b')).join('');
    expect(automaton.matches(long)).toBe(long.at(-17) === 'a');
  });
});
