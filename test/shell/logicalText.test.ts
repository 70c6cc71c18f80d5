import { describe, expect, it } from 'vitest';
import { joinContinuations, joinPieces } from '../../server/src/shell/logicalText';
import { at, wholeOf } from './shellText';

const join = (text: string, escape: '\\' | '`' = '\\') => joinContinuations(text, wholeOf(text), escape);

describe('joinContinuations', () => {
  it.each([
    ['one line', 'a b', 'a b'],
    ['a continuation', 'a \\\nb', 'a b'],
    ['blanks after the escape', 'a \\ \t\nb', 'a b'],
    ['Windows line ends', 'a \\\r\n  b', 'a   b'],
    ['a word cut in two', 'ap\\\nt-get', 'apt-get'],
    ['a comment line', 'a \\\n# c\n b', 'a  b'],
    ['an indented comment that ends in a backslash', 'a \\\n  # c \\\nb', 'a b'],
    ['a comment with Windows line ends', 'a \\\r\n# c\r\nb', 'a b'],
    ['blank lines', 'a \\\n\n  \t\nb', 'a b'],
    ['two comments and a blank line', 'a \\\n#1\n\n#2\nb', 'a b'],
    ['a # inside a line', 'a \\\n b # c', 'a  b # c'],
    ['a text that ends in the escape', 'a \\', 'a '],
    ['an escaped escape at the end', 'a \\\\', 'a \\\\'],
    ['nothing', '', ''],
  ])('joins %s', (_, text, joined) => {
    expect(join(text).text).toBe(joined);
  });

  it('continues at the backtick alone where that is the escape character', () => {
    expect(join('a `\r\nb \\', '`').text).toBe('a b \\');
    expect(join('a ``', '`').text).toBe('a ``');
  });

  it('takes the span only', () => {
    const text = 'RUN a \\\n b\nRUN c';
    expect(joinContinuations(text, { start: 4, end: 10 }, '\\').text).toBe('a  b');
  });
});

describe('places', () => {
  it('maps every character back to where it stands', () => {
    const text = 'RUN ap\\ \r\n# one\\\r\n\r\nt-get \\\r\n\tupdate';
    const logical = join(text);
    for (let offset = 0; offset < logical.text.length; offset++) {
      expect(text[logical.toSource(offset, 'start')]).toBe(logical.text[offset]);
      expect(text[logical.toSource(offset + 1, 'end') - 1]).toBe(logical.text[offset]);
    }
  });

  it('ends a span before the continuation and begins one behind it', () => {
    const text = 'ab\\\ncd';
    expect(join(text).spanOf(0, 2)).toEqual({ start: 0, end: 2 });
    expect(join(text).spanOf(2, 4)).toEqual({ start: 4, end: 6 });
    expect(join(text).spanOf(1, 3)).toEqual({ start: 1, end: 5 });
    expect(join(text).spanOf(2, 2)).toEqual({ start: 4, end: 4 });
  });

  it('keeps them in a slice', () => {
    const text = 'RUN a\\\nb c\\\n\\\nd';
    const slice = join(text).slice(4, 8);
    expect(slice.text).toBe('ab c');
    expect([0, 1, 2, 3].map((offset) => text[slice.toSource(offset, 'start')]).join('')).toBe('ab c');
    expect(slice.toSource(4, 'end')).toBe(10);
  });

  it('keeps them when another text is put behind', () => {
    const text = 'cat <<E\nx\nE';
    const joined = joinPieces(text, [{ start: 0, end: 7 }]).concat(joinPieces(text, [{ start: 7, end: 11 }]));
    expect(joined.text).toBe(text);
    expect(at(text, joined.spanOf(8, 9))).toBe('x');
  });

  it('takes pieces as they are', () => {
    const text = '\ta \\\n\t\tb\n';
    const pieces = joinPieces(text, [
      { start: 1, end: 5 },
      { start: 7, end: 9 },
    ]);
    expect(pieces.text).toBe('a \\\nb\n');
    expect(at(text, pieces.spanOf(4, 5))).toBe('b');
  });
});
