import { detached } from '../text/detached';
import type { Span } from '../text/span';

/** The text that BuildKit passes to the shell, and the position of each of its characters in the document. */
export class LogicalText {
  private constructor(
    readonly text: string,
    /** Starts of the pieces in `text`, ascending; the first is 0. */
    private readonly joined: readonly number[],
    /** Where each piece starts in the document. */
    private readonly source: readonly number[],
  ) {}

  static of(document: string, pieces: readonly Span[]): LogicalText {
    let text = '';
    const joined: number[] = [];
    const source: number[] = [];
    for (const { start, end } of pieces) {
      if (end <= start && joined.length > 0) continue;
      joined.push(text.length);
      source.push(start);
      text += document.slice(start, end);
    }
    return new LogicalText(text, joined, source);
  }

  /** Replaces one piece of the document with a text of the same length. */
  static masked(text: string, start: number): LogicalText {
    return new LogicalText(text, [0], [start]);
  }

  /** A copy to keep for longer than the document. */
  detached(): LogicalText {
    return new LogicalText(detached(this.text), this.joined, this.source);
  }

  /**
   * `end`: an offset between two pieces belongs to the first one, so that a span does not extend over a continuation.
   */
  toSource(offset: number, bias: 'start' | 'end'): number {
    let low = 0;
    let high = this.joined.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.joined[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    if (bias === 'end' && low > 0 && this.joined[low] === offset) low--;
    return (this.source[low] ?? 0) + offset - (this.joined[low] ?? 0);
  }

  spanOf(start: number, end: number): Span {
    const from = this.toSource(start, 'start');
    return { start: from, end: end > start ? this.toSource(end, 'end') : from };
  }

  slice(start: number, end: number): LogicalText {
    const joined: number[] = [0];
    const source: number[] = [this.toSource(start, 'start')];
    for (const [index, at] of this.joined.entries()) {
      if (at <= start || at >= end) continue;
      joined.push(at - start);
      source.push(this.source[index] ?? 0);
    }
    return new LogicalText(this.text.slice(start, end), joined, source);
  }

  concat(other: LogicalText): LogicalText {
    return new LogicalText(
      this.text + other.text,
      [...this.joined, ...other.joined.map((at) => at + this.text.length)],
      [...this.source, ...other.source],
    );
  }
}

/**
 * Joins the lines of an instruction: drops the escape character, the blanks after it and the line end, and the comment
 * lines and blank lines in between. A line that ends in two escape characters ends the instruction; the caller's span
 * accounts for that.
 */
export function joinContinuations(document: string, span: Span, escape: '\\' | '`'): LogicalText {
  const newline = document.indexOf('\n', span.start);
  if (newline < 0 || newline >= span.end) {
    // At the end of the file, the escape character continues nothing but is dropped all the same.
    const end = continuationStart(document, span.start, span.end, escape) ?? span.end;
    return LogicalText.of(document, [{ start: span.start, end }]);
  }
  const pieces: Span[] = [];
  for (let start = span.start; start < span.end; ) {
    const lineEnd = document.indexOf('\n', start);
    const next = lineEnd < 0 || lineEnd >= span.end ? span.end : lineEnd + 1;
    const end = continuationStart(document, start, next, escape) ?? trimLineEnd(document, start, next);
    if (start === span.start || !isDropped(document, start, next)) pieces.push({ start, end });
    start = next;
  }
  return LogicalText.of(document, pieces);
}

/** Keeps pieces of the document unchanged, such as the lines of a heredoc. */
export function joinPieces(document: string, pieces: readonly Span[]): LogicalText {
  return LogicalText.of(document, pieces);
}

/** The position of the escape character that continues the line; undefined when the line ends here. */
function continuationStart(document: string, start: number, next: number, escape: string): number | undefined {
  let at = next - 1;
  while (at >= start && /[ \t\r\n]/.test(document[at] ?? '')) at--;
  const isEscaped = at > start && document[at - 1] === escape;
  return at >= start && document[at] === escape && !isEscaped ? at : undefined;
}

function trimLineEnd(document: string, start: number, next: number): number {
  let end = next;
  if (end > start && document[end - 1] === '\n') end--;
  if (end > start && document[end - 1] === '\r') end--;
  return end;
}

/** A comment or blank line between continued lines. */
function isDropped(document: string, start: number, next: number): boolean {
  let at = start;
  while (at < next && /\s/.test(document[at] ?? '')) at++;
  return at === next || document[at] === '#';
}
