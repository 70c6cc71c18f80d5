import {
  DOUBLE_QUOTED,
  MappedPieces,
  MappedText,
  type Replaced,
  replaceEscapes,
  type Writing,
} from '../../text/mappedText';
import type { Span } from '../../text/span';
import { HOLE } from './inlineDockerfile';

/** The text of a string or heredoc of HCL that is a whole expression; undefined where it cannot be matched exactly. */
export function mapHclText(source: string, span: Span): Replaced | undefined {
  const mapped = source[span.start] === '"' ? mapQuoted(source, span) : mapHeredoc(source, span);
  return mapped && replaceTemplates(mapped);
}

/** Bake also replaces templates in the strings of JSON files. */
export function replaceTemplates(source: MappedText): Replaced | undefined {
  return replaceEscapes(
    source,
    /[$%]/g,
    HOLE,
    (text, at) => {
      const char = text[at] ?? '';
      if (text.startsWith(`${char}${char}{`, at)) return { length: 3, text: `${char}{` };
      if (text[at + 1] !== '{') return undefined;
      const length = templateLength(text, at);
      // A directive repeats or leaves out lines.
      return length === undefined || char === '%' ? 'broken' : { length };
    },
    (part) => part.replaceAll(/[$%](?=\{)/g, '$&$&'),
  );
}

/** `${…}` with the braces and strings inside it. */
function templateLength(text: string, at: number): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let index = at; index < text.length; index++) {
    const char = text[index];
    if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted && char === '\\') index++;
    else if (!isQuoted && char === '{') depth++;
    else if (!isQuoted && char === '}' && --depth === 0) return index + 1 - at;
  }
  return undefined;
}

function mapHeredoc(source: string, { start, end }: Span): MappedText | undefined {
  const [opener = '', flush, name = ''] =
    /^<<(-?)([\p{L}_][\p{L}\p{Nd}_-]*)\r?\n/u.exec(source.slice(start, end)) ?? [];
  const first = start + opener.length;
  const last = source.lastIndexOf('\n', end - 1) + 1;
  if (opener === '' || source.slice(last, end).trim() !== name) return undefined;
  const lines = source.slice(first, last).split('\n');
  const leads = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const width = flush === '-' && leads.length > 0 ? Math.min(...leads) : 0;
  const pieces = new MappedPieces();
  pieces.addLines(source, { start: first, end: last }, (line) => (line.trim() === '' ? 0 : width));
  const indent = lines.find((line) => line.trim() !== '')?.slice(0, width) ?? '';
  return MappedText.of(
    pieces,
    first,
    heredocWriting(name, indent, opener.endsWith('\r\n') ? '\r\n' : '\n', flush === '-'),
  );
}

function heredocWriting(name: string, indent: string, newline: string, isFlush: boolean): Writing {
  return {
    indent,
    newline,
    part: (text) => text,
    fits(text) {
      const lines = text.split('\n');
      const isIndented = lines.every((line) => line === '' || /^\s/.test(line));
      return text.endsWith('\n') && !lines.some((line) => line.trim() === name) && !(isFlush && isIndented);
    },
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
function mapQuoted(source: string, { start, end }: Span): MappedText | undefined {
  const pieces = new MappedPieces();
  let at = start + 1;
  while (at < end && source[at] !== '"') {
    const isEscape = source[at] === '\\';
    const text = isEscape ? ESCAPES[source[at + 1] ?? ''] : source[at];
    if (text === undefined) return undefined;
    const length = isEscape ? 2 : 1;
    pieces.add(text, { start: at, end: at + length });
    at += length;
  }
  // A comparison or an operation may follow.
  const rest = source.slice(at + 1, end).trim();
  return rest === '' || /^(?:#|\/\/)/.test(rest) ? MappedText.of(pieces, start + 1, DOUBLE_QUOTED) : undefined;
}
