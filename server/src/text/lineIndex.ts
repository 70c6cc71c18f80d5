import type { Span } from './span';

/** As in LSP: zero-based, `character` in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LineIndex {
  readonly lineCount: number;
  /** An offset outside the text, or inside a line end, moves to the nearest position in a line. */
  positionAt(offset: number): Position;
  /** A position past the end of a line means its end, before the line end. */
  offsetAt(position: Position): number;
  rangeOf(span: Span): { readonly start: Position; readonly end: Position };
}

/**
 * Converts offsets to lines and back. Lines end in `
 * `, `\r
 * ` or a lone `\r`; they are counted on first use.
 */
export function createLineIndex(text: string): LineIndex {
  let starts: readonly number[] | undefined;
  const lineStarts = (): readonly number[] => {
    starts ??= findLineStarts(text);
    return starts;
  };
  const contentEnd = (line: number): number => {
    const start = lineStarts()[line] ?? text.length;
    let end = lineStarts()[line + 1] ?? text.length;
    while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
    return end;
  };
  const positionAt = (offset: number): Position => {
    const clamped = Math.max(0, Math.min(offset, text.length));
    const line = lineOf(lineStarts(), clamped);
    return { line, character: Math.min(clamped, contentEnd(line)) - (lineStarts()[line] ?? 0) };
  };
  return {
    positionAt,
    rangeOf: ({ start, end }) => ({ start: positionAt(start), end: positionAt(end) }),
    get lineCount() {
      return lineStarts().length;
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      const start = lineStarts()[line];
      if (start === undefined) return text.length;
      return Math.min(start + Math.max(0, character), contentEnd(line));
    },
  };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** The last line that starts at or before the offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}
