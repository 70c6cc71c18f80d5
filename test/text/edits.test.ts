import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, editsTouch, minimalEdits, sortEdits, type TextEdit } from '../../server/src/text/edits';

function edit(start: number, end: number, newText = ''): TextEdit {
  return { span: { start, end }, newText };
}

describe('applyEdits', () => {
  it('replaces, inserts and deletes', () => {
    expect(applyEdits('one two three', [edit(0, 3, '1'), edit(4, 4, '-'), edit(7, 13)])).toBe('1 -two');
  });
  it('keeps the order of insertions at one place', () => {
    expect(applyEdits('ac', [edit(1, 1, 'b'), edit(1, 1, 'B')])).toBe('abBc');
  });
  it('allows edits that only meet', () => {
    expect(applyEdits('abcd', [edit(0, 2, 'x'), edit(2, 4, 'y')])).toBe('xy');
  });
  it.each([
    ['overlapping', [edit(0, 3), edit(2, 4)]],
    ['unsorted', [edit(2, 3), edit(0, 1)]],
    ['too long', [edit(3, 6)]],
    ['negative', [edit(-1, 1)]],
    ['reversed', [edit(3, 2)]],
  ])('refuses %s edits', (_, edits) => {
    expect(() => applyEdits('abcde', edits)).toThrow(RangeError);
  });
});

describe('editsTouch', () => {
  it.each([
    ['overlap', [edit(0, 3)], [edit(2, 5)], true],
    ['meet', [edit(0, 3)], [edit(3, 5)], false],
    ['insert at the same place', [edit(3, 3, 'a')], [edit(3, 3, 'b')], true],
    ['insert at an end', [edit(0, 3)], [edit(3, 3, 'b')], true],
    ['stand apart', [edit(0, 3), edit(8, 9)], [edit(4, 4, 'b'), edit(5, 7)], false],
  ])('of edits that %s', (_, a, b, expected) => {
    expect(editsTouch(a, b)).toBe(expected);
    expect(editsTouch(b, a)).toBe(expected);
  });
});

describe('minimalEdits', () => {
  it('gives nothing for equal texts', () => {
    expect(minimalEdits('a\nb\n', 'a\nb\n')).toEqual([]);
  });
  it('keeps what is equal around a change inside a line', () => {
    expect(minimalEdits('FROM a\nRUN x y\nCMD z\n', 'FROM a\nRUN x -q y\nCMD z\n')).toEqual([edit(13, 13, '-q ')]);
  });
  it('gives one edit for each changed place', () => {
    expect(minimalEdits('a\nb\nc\nd\n', 'A\nb\nd\ne\n')).toEqual([edit(0, 1, 'A'), edit(4, 6), edit(8, 8, 'e\n')]);
  });
  it('edits neighbouring changed lines one by one', () => {
    expect(minimalEdits('ab\ncd\n', 'aB\ncD\n')).toEqual([edit(1, 2, 'B'), edit(4, 5, 'D')]);
  });
  it('never splits a line end or a character', () => {
    expect(minimalEdits('a\r\n', 'a\r\r\n')).toEqual([edit(1, 1, '\r')]);
    expect(minimalEdits('a\r\nb', 'a\nb')).toEqual([edit(1, 3, '\n')]);
    expect(minimalEdits('x😀y', 'x😁y')).toEqual([edit(1, 3, '😁')]);
  });
  it('replaces the middle of long texts that have nothing in common', () => {
    const before = `same\n${Array.from({ length: 3000 }, (_, index) => `a${index}\n`).join('')}end\n`;
    const after = `same\n${Array.from({ length: 2000 }, (_, index) => `b${index}\n`).join('')}end\n`;
    const edits = minimalEdits(before, after);
    expect(edits).toHaveLength(1);
    expect(applyEdits(before, edits)).toBe(after);
  });

  const lines = fc
    .array(fc.constantFrom('a', 'b', 'ab', '', 'RUN x \\', '😀', '😁', '\r'), { maxLength: 12 })
    .chain((words) => fc.constantFrom('\n', '\r\n').map((end) => words.join(end)));
  it('leads from any text to any other', () => {
    fc.assert(
      fc.property(fc.oneof(lines, fc.string({ unit: 'binary' })), lines, (before, after) => {
        const edits = minimalEdits(before, after);
        expect(applyEdits(before, edits)).toBe(after);
        expect(edits).toEqual(sortEdits(edits));
        for (const { span, newText } of edits) {
          expect(before.slice(span.start, span.end)).not.toBe(newText);
          for (const at of [span.start, span.end]) {
            expect(before.slice(at - 1, at + 1)).not.toMatch(/^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/);
          }
        }
      }),
    );
  });
});
