import { diffLines } from './lineDiff';
import type { Span } from './span';

export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** An edit that inserts text without replacing any. */
export function insertion(at: number, newText: string): TextEdit {
  return { span: { start: at, end: at }, newText };
}

/** Applies all edits. They must be sorted and must not overlap; otherwise the caller has a bug (RangeError). */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const { span, newText } of edits) {
    if (span.start < position || span.end < span.start || span.end > text.length) {
      throw new RangeError(`Edit ${span.start}–${span.end} overlaps another, is out of order or outside the text`);
    }
    result += text.slice(position, span.start) + newText;
    position = span.end;
  }
  return result + text.slice(position);
}

/** Sorts by position; edits at the same position keep their order. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

export function isSameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/**
 * True when an edit of `a` and one of `b` cannot both be applied: they share a character, or one inserts at an end of
 * the other.
 */
export function editsTouch(a: readonly TextEdit[], b: readonly TextEdit[]): boolean {
  return a.some((one) => b.some((other) => spansTouch(one.span, other.span)));
}

function spansTouch(a: Span, b: Span): boolean {
  const hasInsertion = a.start === a.end || b.start === b.end;
  return hasInsertion ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}

/** Few, small edits that turn `before` into `after`: first by lines, then by the differences within them. */
export function minimalEdits(before: string, after: string): TextEdit[] {
  const { beforeLines, afterLines, changes } = diffLines(before, after);
  const edits: TextEdit[] = [];
  let offset = 0;
  let line = 0;
  const take = (oldText: string, newText: string): void => {
    const edit = trimEdit(oldText, newText, offset);
    if (edit) edits.push(edit);
    offset += oldText.length;
  };
  for (const change of changes) {
    for (; line < change.before.start; line++) offset += beforeLines[line]?.length ?? 0;
    const oldLines = beforeLines.slice(change.before.start, change.before.end);
    const newLines = afterLines.slice(change.after.start, change.after.end);
    if (oldLines.length === newLines.length) {
      oldLines.forEach((oldLine, index) => {
        take(oldLine, newLines[index] ?? '');
      });
    } else {
      take(oldLines.join(''), newLines.join(''));
    }
    line = change.before.end;
  }
  return edits;
}

/** Drops the common beginning and end of both texts; splits neither a surrogate pair nor a CRLF. Undefined if they are equal. */
export function trimEdit(oldText: string, newText: string, offset: number): TextEdit | undefined {
  if (oldText === newText) return undefined;
  const shorter = Math.min(oldText.length, newText.length);
  let prefix = 0;
  while (prefix < shorter && oldText.charCodeAt(prefix) === newText.charCodeAt(prefix)) prefix++;
  if (splitsPair(oldText, prefix) || splitsPair(newText, prefix)) prefix--;
  let suffix = 0;
  const isSame = (back: number) =>
    oldText.charCodeAt(oldText.length - 1 - back) === newText.charCodeAt(newText.length - 1 - back);
  while (suffix < shorter - prefix && isSame(suffix)) suffix++;
  while (suffix > 0 && (splitsPair(oldText, oldText.length - suffix) || splitsPair(newText, newText.length - suffix))) {
    suffix--;
  }
  return {
    span: { start: offset + prefix, end: offset + oldText.length - suffix },
    newText: newText.slice(prefix, newText.length - suffix),
  };
}

const PAIR = /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/;

function splitsPair(text: string, at: number): boolean {
  return at > 0 && at < text.length && PAIR.test(text.slice(at - 1, at + 1));
}
