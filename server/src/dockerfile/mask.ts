import { joinContinuations } from '../shell/logicalText';
import { findHeredocOpeners } from './heredoc';
import type { Comment, Directive, Heredoc } from './model';
import { isBlank } from './words';

/** The lines of a Dockerfile as BuildKit's parser divides them. */
export interface Layout {
  /**
   * The text at the same length, with all that dockerfile-ast misreads made harmless: the arguments of instructions
   * with their heredocs and quotes, backslashes in comments, `//` in the first line. Never shown, only parsed.
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
  /** End of the last line of the instruction proper, trailing blanks left out. */
  readonly lineEnd: number;
  /** Through the heredocs' terminators. */
  readonly end: number;
  readonly heredocs: readonly Heredoc[];
}

const DIRECTIVE = /^(#|\/\/)\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S(?:.*\S)?)\s*$/;
const DIRECTIVE_NAMES = new Set(['syntax', 'escape', 'check']);
const CAN_CONTAIN_HEREDOC = /^(?:ONBUILD[ \t]+)?(?:RUN|COPY|ADD)\b/i;

export function layOut(text: string): Layout {
  const lines = splitLines(text);
  const masks: { at: number; text: string }[] = [];
  const comments: Comment[] = [];
  const instructions = new Map<number, InstructionLines>();
  const directives = readDirectives(text, lines, masks);
  const escapeValue = directives.find((directive) => directive.name === 'escape')?.value;
  const escape = escapeValue === '`' ? '`' : '\\';

  const addComment = (start: number, line: Line): void => {
    const end = trimmedEnd(text, start, line.end);
    comments.push({ text: text.slice(start + 1, end).trim(), span: { start, end } });
    for (let at = text.indexOf(escape, start); at >= 0 && at < line.end; at = text.indexOf(escape, at + 1)) {
      masks.push({ at, text: '_' });
    }
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
      masks.push({ at: bodyStart, text: blank(text.slice(bodyStart, heredocs.bodyEnd)) });
    }
    masks.push(maskArguments(text, start, lineEnd, escapes));
    instructions.set(start, { start, lineEnd, end: heredocs.bodyEnd ?? lineEnd, heredocs: heredocs.found });
  }
  // BuildKit knows lines by their line feeds; dockerfile-ast would end one at a lone carriage return too.
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text[at + 1] !== '\n') masks.push({ at, text: ' ' });
  }
  // BuildKit knows lines by their line feeds; dockerfile-ast would end one at a lone carriage return too.
  for (let at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
    if (text[at + 1] !== '\n') masks.push({ at, text: ' ' });
  }
  return { masked: applyMasks(text, masks), escape, directives, comments, instructions };
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

/** Directives stand in the first lines, before any other comment, blank line or instruction. */
function readDirectives(text: string, lines: readonly Line[], masks: { at: number; text: string }[]): Directive[] {
  const directives: Directive[] = [];
  let index = 0;
  // After `#!` BuildKit still finds `syntax` and `check`, yet no longer `escape`.
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
      masks.push({ at: start, text: '# ' });
    }
    if (directives.some((directive) => directive.name === name)) break;
    if (name === 'escape' && hasShebang) continue;
    directives.push({ name, value: match[3] ?? '', span: { start, end: trimmedEnd(text, start, line.end) } });
  }
  return directives;
}

/** Ends in the escape character, and that is not itself escaped; blanks may follow. */
function isContinued(text: string, start: number, line: Line, escape: string, escapes: number[]): boolean {
  let at = line.end - 1;
  while (at >= start && (text[at] === ' ' || text[at] === '\t')) at--;
  if (at < start || text[at] !== escape) return false;
  if (at > start && text[at - 1] === escape) return false;
  escapes.push(at);
  return true;
}

/** Blanks for all but the keyword, the line ends and the escape characters that join lines: the rest is read by us. */
function maskArguments(
  text: string,
  start: number,
  end: number,
  escapes: readonly number[],
): { at: number; text: string } {
  let at = start;
  // A keyword may itself be split over lines.
  while (at < end && (!isBlank(text[at]) || isJoint(text, at, escapes))) at++;
  let masked = '';
  let position = at;
  for (const escape of escapes) {
    if (escape < at) continue;
    masked += `${blank(text.slice(position, escape))}${text[escape]}`;
    position = escape + 1;
  }
  // A last line of blanks would join the next instruction to this one.
  const last = position < end ? `${blank(text.slice(position, end - 1))}x` : '';
  return { at, text: masked + last };
}

function isJoint(text: string, at: number, escapes: readonly number[]): boolean {
  return escapes.includes(at) || ((text[at] === '\n' || text[at] === '\r') && escapes.some((escape) => escape < at));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]+|\r(?!\n)/g, (run) => ' '.repeat(run.length));
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
  while (at < line.end && /\s/.test(text[at] ?? '')) at++;
  return at;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}

function applyMasks(text: string, masks: { at: number; text: string }[]): string {
  if (masks.length === 0) return text;
  masks.sort((a, b) => a.at - b.at);
  let result = '';
  let position = 0;
  for (const mask of masks) {
    if (mask.at < position) continue; // inside one that is written already
    result += text.slice(position, mask.at) + mask.text;
    position = mask.at + mask.text.length;
  }
  return result + text.slice(position);
}
