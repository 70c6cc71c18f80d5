import { joinContinuations } from '../shell/logicalText';
import type { Span } from '../text/span';
import { findHeredocOpeners } from './heredoc';
import type { Comment, Directive, Heredoc } from './model';
import { isBlank, splitAtBlanks } from './words';

/** The lines of a Dockerfile, divided as BuildKit's parser does. */
export interface Layout {
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly instructions: readonly InstructionLines[];
}

export interface InstructionLines {
  /** In upper case. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** The end of the last line of the instruction proper, without trailing blanks. */
  readonly lineEnd: number;
  /** Including the terminators of heredocs. */
  readonly end: number;
  readonly heredocs: readonly Heredoc[];
}

const DIRECTIVE = /^(#|\/\/)\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S(?:.*\S)?)\s*$/;
const DIRECTIVE_NAMES = new Set(['syntax', 'escape', 'check']);
/** A keyword ends at a blank, or at the escape character of a continued line. */
const CAN_CONTAIN_HEREDOC = /^(?:ONBUILD[ \t]+)?(?:RUN|COPY|ADD)(?![^\s\\`])/i;

export function layOut(text: string): Layout {
  const lines = splitLines(text);
  const comments: Comment[] = [];
  const instructions: InstructionLines[] = [];
  const directives = readDirectives(text, lines);
  const escapeValue = directives.find((directive) => directive.name === 'escape')?.value;
  const escape = escapeValue === '`' ? '`' : '\\';

  const addComment = (start: number, line: Line): void => {
    const end = trimmedEnd(text, start, line.end);
    comments.push({ text: text.slice(start + 1, end).trim(), span: { start, end } });
  };

  let index = 0;
  while (index < lines.length) {
    const line = lines[index++];
    if (!line) break;
    const start = firstNonBlank(text, line);
    if (start === line.end) continue;
    if (text[start] === '#') {
      addComment(start, line);
      continue;
    }
    if (directives.some((directive) => directive.span.start === start)) continue; // `// syntax=`
    let last = line;
    let continues = isContinued(text, start, line, escape);
    while (continues && index < lines.length) {
      const next = lines[index];
      if (!next) break;
      index++;
      const nextStart = firstNonBlank(text, next);
      if (text[nextStart] === '#' && nextStart < next.end) {
        addComment(nextStart, next);
      } else if (nextStart < next.end) {
        last = next;
        continues = isContinued(text, next.start, next, escape);
      }
    }
    const lineEnd = trimmedEnd(text, start, last.end);
    const heredocs = readHeredocs(text, { start, end: lineEnd }, lines, index, escape);
    index = heredocs.nextLine;
    instructions.push({
      ...readKeyword(text, { start, end: lineEnd }, escape),
      lineEnd,
      end: heredocs.bodyEnd ?? lineEnd,
      heredocs: heredocs.found,
    });
  }
  return { escape, directives, comments, instructions };
}

interface Line {
  readonly start: number;
  /** Before the line end. */
  readonly end: number;
  /** After the line end. */
  readonly next: number;
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    let end = newline < 0 ? text.length : newline;
    if (text[end - 1] === '\r' && end > start) end--;
    lines.push({ start, end, next });
    start = next;
  }
  return lines;
}

/** Directives are in the first lines, before any other comment, blank line or instruction. */
function readDirectives(text: string, lines: readonly Line[]): Directive[] {
  const directives: Directive[] = [];
  let index = 0;
  // After `#!`, BuildKit still reads `syntax` and `check`, but not `escape`.
  const first = lines[0];
  const hasShebang = first !== undefined && text.startsWith('#!', first.start);
  if (hasShebang) index = 1;
  for (; index < lines.length; index++) {
    const line = lines[index];
    if (!line) break;
    const start = firstNonBlank(text, line);
    const match = DIRECTIVE.exec(text.slice(start, line.end));
    const name = match?.[2]?.toLowerCase() ?? '';
    if (!match || !DIRECTIVE_NAMES.has(name)) break;
    if (match[1] === '//' && (index > 0 || name !== 'syntax')) break;
    if (directives.some((directive) => directive.name === name)) break;
    if (name === 'escape' && hasShebang) continue;
    directives.push({ name, value: match[3] ?? '', span: { start, end: trimmedEnd(text, start, line.end) } });
  }
  return directives;
}

/** True when the line ends in an unescaped escape character; blanks may follow. */
function isContinued(text: string, start: number, line: Line, escape: string): boolean {
  let at = line.end - 1;
  while (at >= start && (text[at] === ' ' || text[at] === '\t')) at--;
  if (at < start || text[at] !== escape) return false;
  return at === start || text[at - 1] !== escape;
}

/** The first word, which may be split across lines. */
function readKeyword(
  text: string,
  { start, end }: Span,
  escape: '\\' | '`',
): Pick<InstructionLines, 'keyword' | 'keywordSpan'> {
  let at = start;
  while (at < end && !isBlank(text[at])) at++;
  if (at === end || text[at - 1] !== escape)
    return { keyword: text.slice(start, at).toUpperCase(), keywordSpan: { start, end: at } };
  const logical = joinContinuations(text, { start, end }, escape);
  const [word] = splitAtBlanks(logical.text, 0, logical.text.length);
  return {
    keyword: logical.text.slice(word?.start, word?.end).toUpperCase(),
    keywordSpan: logical.spanOf(word?.start ?? 0, word?.end ?? 0),
  };
}

function readHeredocs(
  text: string,
  span: { start: number; end: number },
  lines: readonly Line[],
  nextLine: number,
  escape: '\\' | '`',
): { found: Heredoc[]; nextLine: number; bodyEnd: number | undefined } {
  const raw = text.slice(span.start, span.end);
  if (!raw.includes('<<') || !CAN_CONTAIN_HEREDOC.test(raw)) return { found: [], nextLine, bodyEnd: undefined };
  const logical = joinContinuations(text, span, escape);
  const hasTerminator = (name: string): boolean =>
    lines.slice(nextLine).some((line) => text.slice(line.start, line.end) === name);
  const found: Heredoc[] = [];
  let bodyEnd: number | undefined;
  for (const opener of findHeredocOpeners(logical.text, hasTerminator)) {
    const contentStart = lines[nextLine]?.start ?? text.length;
    let contentEnd = text.length;
    let isTerminated = false;
    while (nextLine < lines.length && !isTerminated) {
      const line = lines[nextLine++];
      if (!line) break;
      let candidate = text.slice(line.start, line.end);
      if (opener.stripTabs) candidate = candidate.replace(/^\t+/, '');
      bodyEnd = line.end;
      if (candidate === opener.name) {
        isTerminated = true;
        contentEnd = line.start;
      }
    }
    found.push({
      name: opener.name,
      opener: logical.spanOf(opener.start, opener.end),
      content: { start: contentStart, end: Math.max(contentStart, contentEnd) },
      expand: opener.expand,
      stripTabs: opener.stripTabs,
      isTerminated,
    });
  }
  return { found, nextLine, bodyEnd };
}

function firstNonBlank(text: string, line: Line): number {
  let at = line.start;
  while (at < line.end && isSpace(text, at)) at++;
  return at;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text, at - 1)) at--;
  return at;
}

/** Called at both ends of every line: almost no character there needs a pattern. */
function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(text[at] ?? ''));
}
