import type { TextEdit } from './edits';
import type { LineIndex } from './lineIndex';
import type { Span } from './span';

/** How a host document writes the text that is inside it. */
export interface Writing {
  /** What stands before each line that is not empty. */
  readonly indent: string;
  readonly newline: string;
  /** Part of a line, without line ends; undefined when the host has no form for it. */
  part(text: string): string | undefined;
  /** False for a whole text that the host would read as another one. */
  fits(text: string): boolean;
}

/** For a place that no edit can be written into. */
export const READ_ONLY: Writing = { indent: '', newline: '', part: () => undefined, fits: () => false };

/** A string of JSON on one line; YAML and HCL read it alike. */
export const DOUBLE_QUOTED: Writing = {
  indent: '',
  newline: '\\n',
  part: (text) => JSON.stringify(text).slice(1, -1),
  fits: () => true,
};

/**
 * A text inside another document, its host: a block of a YAML file, a heredoc, a string of a JSON file. It knows where
 * each of its characters stands in the host, and writes edits as the host would. Its lines end in `\n`.
 */
export class MappedText {
  private constructor(
    readonly text: string,
    /** For each character, where it begins and ends in the host. */
    private readonly starts: readonly number[],
    private readonly ends: readonly number[],
    /** Where its first line begins in the host, before the indentation. */
    private readonly first: number,
    readonly writing: Writing,
  ) {}

  static of({ text, starts, ends }: MappedPieces, first: number, writing: Writing): MappedText {
    return new MappedText(text, starts, ends, first, writing);
  }

  spanOf({ start, end }: Span): Span {
    const from = this.#startOf(start);
    return { start: from, end: end > start ? (this.ends[end - 1] ?? from) : from };
  }

  /** All of it in the host. */
  get whole(): Span {
    return { start: this.first, end: this.ends.at(-1) ?? this.first };
  }

  /** The nearest offset in the text. */
  offsetAt(host: number): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.ends[middle] ?? 0) <= host) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Sorted edits of the text as edits of the host; undefined when they cannot be written there. */
  editsInHost(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
    const written: TextEdit[] = [];
    let end = 0;
    for (const edit of edits) {
      const own = this.#inHost(edit);
      if (!own || own.span.start < end) return undefined;
      end = own.span.end;
      written.push(own);
    }
    return written;
  }

  #inHost({ span: { start, end }, newText }: TextEdit): TextEdit | undefined {
    const lines = newText.split('\n');
    const last = lines.length - 1;
    const startsLine = this.#isLineStart(start);
    // What follows is a line of its own and keeps its indentation.
    const keepsNext = this.#isLineStart(end) && lines[last] === '' && (last > 0 || startsLine);
    const written: string[] = [];
    for (const [index, line] of lines.entries()) {
      const text = this.writing.part(line);
      if (text === undefined) return undefined;
      const isEmpty = line === '' && (index < last || keepsNext || this.#isLineEnd(end));
      written.push(isEmpty || (index === 0 && !startsLine) ? text : this.writing.indent + text);
    }
    return {
      span: {
        start: startsLine ? this.#lineStart(start) : this.#endBefore(start),
        end: keepsNext ? this.#lineStart(end) : this.#isLineStart(end) ? this.#startOf(end) : this.#endBefore(end),
      },
      newText: written.join(this.writing.newline),
    };
  }

  #isLineStart(offset: number): boolean {
    return offset === 0 || this.text[offset - 1] === '\n';
  }

  #isLineEnd(offset: number): boolean {
    return offset >= this.text.length || this.text[offset] === '\n';
  }

  /** Before the indentation of the line that begins at an offset. */
  #lineStart(offset: number): number {
    return offset === 0 ? this.first : this.#endBefore(offset);
  }

  #startOf(offset: number): number {
    return this.starts[offset] ?? this.ends.at(-1) ?? this.first;
  }

  #endBefore(offset: number): number {
    return this.ends[offset - 1] ?? this.first;
  }
}

/** The lines of the host, for offsets into the text. */
export function linesInHost(mapped: MappedText, lines: LineIndex): LineIndex {
  const rangeOf = (span: Span) => lines.rangeOf(mapped.spanOf(span));
  return {
    lineCount: lines.lineCount,
    rangeOf,
    positionAt: (offset) => rangeOf({ start: offset, end: offset }).start,
    offsetAt: (position) => mapped.offsetAt(lines.offsetAt(position)),
  };
}

/** Collects a text from pieces of its host. */
export class MappedPieces {
  text = '';
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  /** Characters that the host writes in another way belong to the whole piece. */
  add(text: string, { start, end }: Span): void {
    const isCopy = text.length === end - start;
    this.text += text;
    for (let index = 0; index < text.length; index++) {
      this.starts.push(isCopy ? start + index : start);
      this.ends.push(isCopy ? start + index + 1 : end);
    }
  }

  /** Whole lines, each without its first characters; line ends of both kinds are `\n`. */
  addLines(source: string, { start, end }: Span, skipped: (line: string) => number): void {
    for (let at = start; at < end; ) {
      const newline = source.indexOf('\n', at);
      const lineEnd = newline < 0 || newline >= end ? end : newline;
      const contentEnd = source[lineEnd - 1] === '\r' && lineEnd > at ? lineEnd - 1 : lineEnd;
      const from = Math.min(at + skipped(source.slice(at, contentEnd)), contentEnd);
      this.add(source.slice(from, contentEnd), { start: from, end: contentEnd });
      if (lineEnd < end) this.add('\n', { start: contentEnd, end: lineEnd + 1 });
      at = lineEnd + 1;
    }
  }

  /** Without what follows the first characters. */
  cut(length: number): void {
    this.text = this.text.slice(0, length);
    this.starts.length = Math.min(length, this.starts.length);
    this.ends.length = this.starts.length;
  }
}

export interface Replaced {
  readonly text: MappedText;
  /** In the text. */
  readonly holes: readonly Span[];
}

/** What stands at an offset: `length` characters that mean `text`; without a text, what nobody knows before the build. */
export interface Escape {
  readonly length: number;
  readonly text?: string;
}

/**
 * The text after its host has replaced escapes, and placeholders for what it replaces with something unknown. `readAt`
 * is asked at each of `marks`; 'broken': the host rejects the text.
 */
export function replaceEscapes(
  source: MappedText,
  marks: RegExp,
  hole: string,
  readAt: (text: string, offset: number) => Escape | 'broken' | undefined,
  write: (part: string) => string,
): Replaced | undefined {
  const pieces = new MappedPieces();
  const holes: Span[] = [];
  let copied = 0;
  const copyUpTo = (end: number) => {
    for (; copied < end; copied++)
      pieces.add(source.text[copied] ?? '', source.spanOf({ start: copied, end: copied + 1 }));
  };
  for (const { index } of source.text.matchAll(marks)) {
    if (index < copied) continue;
    const escape = readAt(source.text, index);
    if (escape === 'broken') return undefined;
    if (!escape) continue;
    copyUpTo(index);
    const span = source.spanOf({ start: index, end: index + escape.length });
    const start = pieces.text.length;
    pieces.add(escape.text ?? hole, span);
    if (escape.text === undefined) holes.push({ start, end: pieces.text.length });
    copied = index + escape.length;
  }
  copyUpTo(source.text.length);
  const { writing } = source;
  const text = MappedText.of(pieces, source.whole.start, {
    ...writing,
    part: (part) => (holes.length > 0 && part.includes(hole) ? undefined : writing.part(write(part))),
    fits: (whole) => writing.fits(write(whole)),
  });
  return { text, holes };
}
