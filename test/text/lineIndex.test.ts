import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineIndex } from '../../server/src/text/lineIndex';

describe('createLineIndex', () => {
  it('counts \\n, \\r\\n and a lone \\r as line ends', () => {
    const index = createLineIndex('a\nb\r\nc\rd');
    expect(index.lineCount).toBe(4);
    expect([0, 2, 5, 7].map((offset) => index.positionAt(offset))).toEqual(
      [0, 1, 2, 3].map((line) => ({ line, character: 0 })),
    );
  });
  it('knows the empty text and the empty last line', () => {
    expect(createLineIndex('').positionAt(0)).toEqual({ line: 0, character: 0 });
    expect(createLineIndex('a\n').positionAt(2)).toEqual({ line: 1, character: 0 });
  });
  it('counts UTF-16 code units', () => {
    expect(createLineIndex('😀x').positionAt(2)).toEqual({ line: 0, character: 2 });
  });
  it('takes places outside back into the text', () => {
    const index = createLineIndex('ab\r\nc');
    expect(index.positionAt(3)).toEqual({ line: 0, character: 2 });
    expect(index.positionAt(99)).toEqual({ line: 1, character: 1 });
    expect(index.positionAt(-1)).toEqual({ line: 0, character: 0 });
    expect(index.offsetAt({ line: 0, character: 99 })).toBe(2);
    expect(index.offsetAt({ line: 9, character: 0 })).toBe(5);
    expect(index.offsetAt({ line: -1, character: 4 })).toBe(0);
    expect(index.offsetAt({ line: 1, character: -4 })).toBe(4);
  });
  it('leads back to every offset that is not inside a line end', () => {
    const texts = fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '😀'), { maxLength: 30 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        const index = createLineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          if (text.slice(offset - 1, offset + 1) === '\r\n') continue;
          expect(index.offsetAt(index.positionAt(offset))).toBe(offset);
        }
      }),
    );
  });
});
