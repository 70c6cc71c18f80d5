import { joinContinuations } from '../shell/logicalText';
import { findHeredocOpeners } from './heredoc';
import type { Comment, Directive, Heredoc } from './model';
import { isBlank } from './words';

/** The lines of a Dockerfile, divided as BuildKit's parser does. */
export interface Layout {
  /**
   * The keywords at their original lines and columns, without everything that dockerfile-ast misreads or is slow with:
   * arguments, heredocs, comments, and `//` in the first line. Only parsed, never shown.
   */
  readonly masked: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  /** By the offset of the keyword. */
  readonly instructions: ReadonlyMap<number, InstructionLines>;
}

export interface InstructionLines {
  readonly start: number;
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
  const masks: Mask[] = [];
  const comments: Comment[] = [];
  const instructions = new Map<number, InstructionLines>();
  const directives = readDirectives(text, lines, masks);
  const escapeValue = directives.find((directive) => directive.name === 'escape')?.value;
  const escape = escapeValue === '`' ? '`' : '\\';

  const addComment = (start: number, line: Line): void => {
    const end = trimmedEnd(text, start, line.end);
    comments.push({ text: text.slice(start + 1, end).trim(), span: { start, end } });
    if (!directives.some((directive) => directive.span.start === start))
      masks.push({ start: start + 1, end: line.end, text: '' });
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
    const escapes: number[] = [];
    let continues = isContinued(text, start, line, escape, escapes);
    while (continues && index < lines.length) {
      const next = lines[index];
      if (!next) break;
      index++;
      const nextStart = firstNonBlank(text, next);
      if (text[nextStart] === '#' && nextStart < next.end) {
        addComment(nextStart, next);
      } else if (nextStart < next.end) {
        last = next;
        continues = isContinued(text, next.start, next, escape, escapes);
      }
    }
    const lineEnd = trimmedEnd(text, start, last.end);
    const heredocs = readHeredocs(text, { start, end: lineEnd }, lines, index, escape);
    index = heredocs.nextLine;
    if (heredocs.bodyEnd !== undefined) {
      const bodyStart = last.next;
      masks.push({ start: bodyStart, end: heredocs.bodyEnd, text: lineFeeds(text.slice(bodyStart, heredocs.bodyEnd)) });
    }
    masks.push(maskArguments(text, start, lineEnd, escapes));
    instructions.set(start, { start, lineEnd, end: heredocs.bodyEnd ?? lineEnd, heredocs: heredocs.found });
  }
  // BuildKit splits lines only at line feeds; dockerfile-ast would also split at a lone carriage return.
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text[at + 1] !== '\n') masks.push({ start: at, end: at + 1, text: ' ' });
  }
  return { masked: applyMasks(text, masks), escape, directives, comments, instructions };
}

/** Replaces a part of the text without changing its line breaks. */
interface Mask {
  readonly start: number;
  readonly end: number;
  readonly text: string;
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
function readDirectives(text: string, lines: readonly Line[], masks: Mask[]): Directive[] {
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
    if (match[1] === '//') {
      if (index > 0 || name !== 'syntax') break;
      masks.push({ start, end: start + 2, text: '# ' });
    }
    if (directives.some((directive) => directive.name === name)) break;
    if (name === 'escape' && hasShebang) continue;
    directives.push({ name, value: match[3] ?? '', span: { start, end: trimmedEnd(text, start, line.end) } });
  }
  return directives;
}

/** True when the line ends in an unescaped escape character; blanks may follow. */
function isContinued(text: string, start: number, line: Line, escape: string, escapes: number[]): boolean {
  let at = line.end - 1;
  while (at >= start && (text[at] === ' ' || text[at] === '\t')) at--;
  if (at < start || text[at] !== escape) return false;
  if (at > start && text[at - 1] === escape) return false;
  escapes.push(at);
  return true;
}

/** Replaces everything after the keyword with one word, because we parse the arguments ourselves. */
function maskArguments(text: string, start: number, end: number, escapes: readonly number[]): Mask {
  let at = start;
  // The keyword itself may be split across lines.
  while (at < end && (!isBlank(text[at]) || isJoint(text, at, escapes))) at++;
  return { start: at, end, text: at < end ? ` x${lineFeeds(text.slice(at, end))}` : '' };
}

function isJoint(text: string, at: number, escapes: readonly number[]): boolean {
  return escapes.includes(at) || ((text[at] === '\n' || text[at] === '\r') && escapes.some((escape) => escape < at));
}

function lineFeeds(text: string): string {
  return text.replace(/[^\n]+/g, '');
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

function applyMasks(text: string, masks: Mask[]): string {
  if (masks.length === 0) return text;
  masks.sort((a, b) => a.start - b.start);
  let result = '';
  let position = 0;
  for (const mask of masks) {
    if (mask.start < position) continue; // inside a mask that is already written
    result += text.slice(position, mask.start) + mask.text;
    position = mask.end;
  }
  return result + text.slice(position);
}

/** Called at both ends of every line: almost no character there needs a pattern. */
function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(text[at] ?? ''));
}
