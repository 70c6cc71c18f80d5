import type { Scalar } from 'yaml';
import { DOUBLE_QUOTED, MappedPieces, MappedText, READ_ONLY, type Writing } from '../../text/mappedText';
import type { Span } from '../../text/span';

/** The text of a YAML scalar and where it stands; undefined where the two cannot be matched exactly. */
export function mapScalar(source: string, node: Scalar): MappedText | undefined {
  const { value, range, type } = node;
  if (typeof value !== 'string' || !range) return undefined;
  const span = { start: range[0], end: range[1] };
  const mapped =
    type === 'BLOCK_LITERAL' ? mapLiteral(source, span, value) : mapFlow(source, span, value, type ?? 'PLAIN');
  return mapped?.text === value ? mapped : undefined;
}

/** `|`, with the lines below it. */
function mapLiteral(source: string, { start, end }: Span, value: string): MappedText | undefined {
  const [header = '', digit] = /^\|[-+]?([1-9])?[-+]?[^\n]*\n/.exec(source.slice(start, end)) ?? [];
  const first = start + header.length;
  const lead = /^ *(?=[^ \r\n])/m.exec(source.slice(first, end))?.[0].length ?? 0;
  if (header === '' || lead === 0) return undefined;
  // How deep the block itself is indented only its parents know: the text tells which depth is meant.
  const widths = digit === undefined ? [lead] : Array.from({ length: lead }, (_, index) => lead - index);
  for (const width of widths) {
    const pieces = new MappedPieces();
    pieces.addLines(source, { start: first, end }, () => width);
    // At the end of the file, YAML adds a line end that is not there.
    if (value === `${pieces.text}\n`) pieces.add('\n', { start: end, end });
    if (!pieces.text.startsWith(value) || /[^\n]/.test(pieces.text.slice(value.length))) continue;
    pieces.cut(value.length);
    return MappedText.of(pieces, first, literalWriting(source, header, ' '.repeat(width), digit !== undefined));
  }
  return undefined;
}

function literalWriting(source: string, header: string, indent: string, hasDigit: boolean): Writing {
  const keepsEnd = header.startsWith('|+') || /^\|[1-9]\+/.test(header);
  const dropsEnd = header.startsWith('|-') || /^\|[1-9]-/.test(header);
  return {
    indent,
    newline: source.includes('\r\n') ? '\r\n' : '\n',
    part: (text) => (hasControl(text) ? undefined : text),
    fits(text) {
      if (dropsEnd ? text.endsWith('\n') : !text.endsWith('\n') || (!keepsEnd && text.endsWith('\n\n'))) return false;
      // The first line would tell another depth.
      return text.trim() !== '' && (hasDigit || !/^\s*\n? /.test(text.slice(0, text.search(/[^\s]/))));
    },
  };
}

function hasControl(text: string): boolean {
  return [...text].some((char) => (char < ' ' && char !== '\t') || char === '\u007F' || char === '\uFEFF');
}

/** Quoted, plain and folded: only text in double quotes on one line can be edited. */
function mapFlow(source: string, span: Span, value: string, type: string): MappedText | undefined {
  const isDouble = type === 'QUOTE_DOUBLE';
  const isFolded = type === 'BLOCK_FOLDED';
  const header = isFolded ? (/^>[^\n]*\n?/.exec(source.slice(span.start, span.end))?.[0].length ?? 0) : 0;
  const quotes = isDouble || type === 'QUOTE_SINGLE' ? 1 : 0;
  const inside = { start: span.start + header + quotes, end: span.end - quotes };
  const pieces = new MappedPieces();
  // The indentation of a folded block belongs to no text.
  const lead = isFolded ? source.slice(inside.start, inside.end).search(/\S|$/) : 0;
  for (let at = inside.start + lead; at < inside.end; ) {
    const escape = isDouble ? readEscape(source, at) : type === 'QUOTE_SINGLE' ? readQuote(source, at) : undefined;
    const blanks = escape ? undefined : readBreak(source, at, inside.end);
    const folded = blanks === undefined ? undefined : foldedTo(value, pieces.text.length, blanks, isFolded);
    const { length, text } = escape ?? folded ?? { length: 1, text: source[at] ?? '' };
    pieces.add(text, { start: at, end: at + length });
    at += length;
  }
  const isOneLine = !source.slice(inside.start, inside.end).includes('\n');
  return MappedText.of(pieces, inside.start, isDouble && isOneLine ? DOUBLE_QUOTED : READ_ONLY);
}

interface Read {
  readonly length: number;
  readonly text: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xA0',
  L: '\u2028',
  P: '\u2029',
};
const HEX: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readEscape(source: string, at: number): Read | undefined {
  if (source[at] !== '\\') return undefined;
  const next = source[at + 1] ?? '';
  const broken = /\r?\n[ \t]*/y;
  broken.lastIndex = at + 1;
  const continued = broken.exec(source)?.[0];
  if (continued !== undefined) return { length: 1 + continued.length, text: '' };
  const digits = HEX[next];
  if (digits === undefined) return { length: 2, text: ESCAPES[next] ?? next };
  const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
  return { length: 2 + digits, text: code <= 0x10ffff ? String.fromCodePoint(code) : '' };
}

function readQuote(source: string, at: number): Read | undefined {
  return source.startsWith("''", at) ? { length: 2, text: "'" } : undefined;
}

/** Blanks with a line end among them. */
function readBreak(source: string, at: number, end: number): string | undefined {
  const blanks = /[ \t]*\r?\n\s*/y;
  blanks.lastIndex = at;
  return blanks.exec(source)?.[0].slice(0, end - at);
}

/** One line end is a blank, more are one less; a folded block keeps those beside deeper lines, as its value shows. */
function foldedTo(value: string, at: number, blanks: string, isFolded: boolean): Read {
  const { length } = blanks;
  if (isFolded) return { length, text: /^\s*/.exec(value.slice(at))?.[0] ?? '' };
  const lineEnds = blanks.split('\n').length - 1;
  return { length, text: lineEnds === 1 ? ' ' : '\n'.repeat(lineEnds - 1) };
}
