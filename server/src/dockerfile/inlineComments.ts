import type { Span } from '../text/span';
import type { Instruction } from './model';

/** Their whole line is plain text, or goes to a shell, which has comments. */
const TEXTS: ReadonlySet<string> = new Set(['MAINTAINER', 'ONBUILD']);
const COMMANDS: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL']);

/**
 * The text after a ` #` in the arguments of an instruction, line by line: meant as a comment, but read as arguments.
 */
export function inlineComments({ text }: { text: string }, node: Instruction): Span[] {
  const { keyword, span } = node;
  if (TEXTS.has(keyword) || !text.slice(span.start, span.end).includes('#')) return [];
  const { body, form } = node;
  if (form === 'exec' || form === 'none' || node.heredocs.length > 0) return [];
  const source = text.slice(body.start, body.end);
  if (COMMANDS.has(keyword) || source.startsWith('[')) return behindJson(node, source);
  const words = node.args.slice(node.pairs[0]?.isLegacy ? 2 : 1);
  const starts =
    node.args.length === 1
      ? [...source.matchAll(/\S[ \t]+#(?=[ \t]|$)/gm)].map((found) => body.start + found.index + found[0].length - 1)
      : words.filter((word) => word.text.startsWith('#')).map(({ span }) => span.start);
  return onePerLine(text, starts, body.end);
}

/** A shell has comments, JSON does not: `CMD ["app"] # why` is no longer JSON. */
function behindJson({ body, keyword }: Instruction, source: string): Span[] {
  const list = keyword === 'HEALTHCHECK' ? source.replace(/^(?:CMD\s+|NONE)/i, '') : source;
  const isNone = keyword === 'HEALTHCHECK' && /^NONE\s/i.test(source);
  const match = isNone ? /^[ \t]+(#.*)$/.exec(list) : /^\[[^#\n]*\][ \t]+(#.*)$/.exec(list);
  if (!match || (!isNone && !isJson(list.slice(0, list.lastIndexOf(']', match[0].indexOf('#')) + 1)))) return [];
  return [{ start: body.end - (match[1]?.length ?? 0), end: body.end }];
}

function isJson(list: string): boolean {
  try {
    return Array.isArray(JSON.parse(list));
  } catch {
    return false;
  }
}

/** To the end of the line, without the escape character that continues it. */
function onePerLine(text: string, starts: readonly number[], last: number): Span[] {
  const spans: Span[] = [];
  for (const start of starts) {
    if (start < (spans.at(-1)?.end ?? 0)) continue;
    const newline = text.indexOf('\n', start);
    const line = text.slice(start, newline < 0 || newline > last ? last : newline);
    spans.push({ start, end: start + line.replace(/(?<![ \t])[ \t]*(?:[\\`][ \t]*)?\r?$/, '').length });
  }
  return spans;
}
