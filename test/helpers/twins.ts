import { parseDockerfile } from '../../server/src/dockerfile/parse';
import type { Span } from '../../server/src/text/span';

/** The same file with CRLF line endings; undefined if it contains `\r` itself. */
export function withCrlf(text: string): string | undefined {
  return text.includes('\r') ? undefined : text.replaceAll('\n', '\r\n');
}

const CONTINUATION = /\\(?=[ \t]*\n)/g;
const SHELL = 'SHELL ["/bin/sh", "-c"]\n';

/**
 * The same file with a backtick as the escape character. It sets the shell, because the directive alone means Windows.
 * Undefined if a backslash may be something other than a line continuation.
 */
export function withBacktickEscape(text: string): string | undefined {
  const isRisky = /[`\r\ufeff]|<<|^\s*(?:#\s*\w+\s*=|\/\/|#!)|^\s*SHELL\b/im.test(text);
  if (isRisky || !/^\s*FROM\b/im.test(text) || text.replace(CONTINUATION, '').includes('\\') || hasQuotedBreak(text))
    return undefined;
  const lines = text.replace(CONTINUATION, '`');
  const { instructions } = parseDockerfile(`# escape=\`\n${lines}`);
  const froms = instructions.filter(({ keyword }) => keyword === 'FROM').reverse();
  const result = froms.reduce((current, from) => {
    const end = current.indexOf('\n', from.span.end);
    return end < 0 ? `${current}\n${SHELL.trimEnd()}` : current.slice(0, end + 1) + SHELL + current.slice(end + 1);
  }, `# escape=\`\n${lines}`);
  return result;
}

function hasQuotedBreak(text: string): boolean {
  return text
    .split('\n')
    .some((line) => /\\[ \t]*$/.test(line) && ['"', "'"].some((quote) => line.split(quote).length % 2 === 0));
}

const NOT_IN_ONBUILD = new Set(['FROM', 'ONBUILD', 'MAINTAINER']);
const PREFIX = 'ONBUILD ';

/** The instructions at the spans as ONBUILD triggers, and the new spans; undefined if that is not possible. */
export function withOnbuild(
  text: string,
  spans: readonly Span[],
): { text: string; spans: readonly Span[] } | undefined {
  const { instructions } = parseDockerfile(text);
  const starts = new Set<number>();
  for (const span of spans) {
    const holder = instructions.find((one) => one.span.start <= span.start && span.end <= one.span.end);
    if (!holder?.stage || NOT_IN_ONBUILD.has(holder.keyword)) return undefined;
    starts.add(holder.span.start);
  }
  const ordered = [...starts].sort((a, b) => b - a);
  const shift = (offset: number, isEnd: boolean): number =>
    offset + PREFIX.length * ordered.filter((start) => (isEnd ? start < offset : start <= offset)).length;
  return {
    text: ordered.reduce((current, start) => current.slice(0, start) + PREFIX + current.slice(start), text),
    spans: spans.map(({ start, end }) => ({ start: shift(start, false), end: shift(end, true) })),
  };
}
