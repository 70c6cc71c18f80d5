import type { Span } from '../../text/span';
import type { DockerfileModel, Instruction } from '../model';

/** The blanks before each continuation line of an instruction that may be any number of blanks. */
export function continuationBlanks({ text }: DockerfileModel, node: Instruction): Span[] {
  if (node.heredocs.length > 0) return [];
  const own = text.slice(node.span.start, node.span.end);
  const isFree = freePlaces(own, node);
  const blanks: Span[] = [];
  for (const { index } of own.matchAll(/\n(?=[ \t]*[^ \t\r\n#])/g)) {
    const start = index + 1;
    const end = start + (/^[ \t]*/.exec(own.slice(start))?.[0].length ?? 0);
    const span = { start: node.span.start + start, end: node.span.start + end };
    if (isFree(span)) blanks.push(span);
  }
  return blanks;
}

type IsFree = (blanks: Span) => boolean;

function freePlaces(own: string, node: Instruction): IsFree {
  const { form, script, flags, pairs, args, keyword } = node;
  if (keyword === 'RUN' && form === 'shell' && script)
    return script.errors.length > 0 ? () => false : freeInScript(own, node);
  // The rest of `ENV name value` is one text, and so is what was not read; the image keeps the text of CMD.
  const isOneText = form !== 'exec' && !/^(?:FROM|ADD|COPY|EXPOSE|VOLUME)$/.test(keyword);
  const starts = new Set([...flags, ...pairs, ...(isOneText ? [] : args)].map(({ span }) => span.start));
  return ({ end }) => starts.has(end);
}

/** Between the words of a script: not in quotes, and not where two lines make one word. */
function freeInScript(own: string, { script, flags, body, span: { start: offset } }: Instruction): IsFree {
  const commands = script?.commands.filter(({ isSubstitution }) => !isSubstitution) ?? [];
  const words = commands
    .flatMap((command) => [...command.words, ...command.wrappers, ...command.assignments, ...command.redirects])
    .filter(({ span }) => own.slice(span.start - offset, span.end - offset).includes('\n'));
  const nested = nestedLines(own, body.start - offset);
  const starts = new Set(flags.map(({ span }) => span.start));
  return ({ start, end }) =>
    starts.has(end) ||
    (end >= body.start &&
      !nested.has(start - offset) &&
      (end > start || /[ \t][\\`][ \t\r]{0,4}\n$/.test(own.slice(0, start - offset).slice(-8))) &&
      !words.some(({ span }) => span.start < end && end < span.end));
}

/** The lines of a script that begin inside quotes or substitutions, by their start. */
function nestedLines(own: string, start: number): ReadonlySet<number> {
  const lines = new Set<number>();
  const open: string[] = [];
  for (let at = start; at < own.length; at++) {
    const char = own[at] ?? '';
    const inner = open.at(-1);
    if (char === '\n') {
      if (inner !== undefined) lines.add(at + 1);
      // A comment of the Dockerfile is not part of the script.
      const comment = /^[ \t]*#[^\n]*/.exec(own.slice(at + 1, at + 1000));
      if (comment) at += comment[0].length;
    } else if (inner === "'") {
      if (char === inner) open.pop();
    } else if (char === '\\') {
      if (/[^\r\n]/.test(own[at + 1] ?? '')) at++;
    } else if (char === inner) open.pop();
    else if (char === '(' && (own[at - 1] === '$' || inner === ')')) open.push(')');
    else if (char === '"' || char === '`' || (char === "'" && inner !== '"')) open.push(char);
  }
  return lines;
}
