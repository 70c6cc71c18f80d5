import type { ShellChain, ShellCommand, ShellOperator } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { containsSpan, spansOverlap } from '../../text/span';
import type { DockerfileModel, Instruction } from '../model';

/** How the author of a RUN formats its chain, so that a fix looks as if the author had written it. */
export interface RunLayout {
  readonly operator: '&&' | ';';
  /** The text between two commands: ` && `, ` && \⏎    `, ` \⏎ && `, `; \⏎ `. */
  readonly separator: string;
  readonly lineEnd: '\n' | '\r\n';
}

/** Appends a command to a RUN so that it runs after all others; undefined where that is not certain. */
export function appendCommand(model: DockerfileModel, run: Instruction, command: string): TextEdit | undefined {
  if (run.keyword !== 'RUN' || !run.script || run.script.errors.length > 0) return undefined;
  if (run.form === 'heredoc') return appendLine(model, run, command);
  if (run.form !== 'shell' || run.heredocs.length > 0) return undefined;
  const { chain } = run.script;
  const last = chain.items.at(-1);
  if (!last || !endsPlainly(model, run, chain)) return undefined;
  const at = run.body.end;
  const trailing = trailingOperator(chain);
  const layout = runLayout(model, run);
  const separator = trailing ? layout.separator.replace(/^;/, '') : layout.separator;
  return insertion(at, separator + command);
}

export function runLayout(model: DockerfileModel, run: Instruction): RunLayout {
  const chain = run.script?.chain;
  const operator = chain && chain.operators.length > 0 && chain.operators.every((one) => one.text === ';') ? ';' : '&&';
  const lineEnd = lineEndOf(model);
  const body = model.text.slice(run.body.start, run.body.end);
  if (!body.includes('\n')) return { operator, separator: operator === ';' ? '; ' : ' && ', lineEnd };
  const continuation = `${model.escape}${lineEnd}`;
  const indent = continuationIndent(model, run);
  if (operator === ';') return { operator, separator: `; ${continuation}${indent}`, lineEnd };
  const isAtHead = /\n[ \t]*&&/.test(body) || !/&&[ \t]*[\\`][ \t]*\r?\n/.test(body);
  return {
    operator,
    separator: isAtHead ? ` ${continuation}${indent}&& ` : ` && ${continuation}${indent}`,
    lineEnd,
  };
}

/** One RUN with these commands, one per line, formatted like the other RUNs of the file. */
export function writeRun(model: DockerfileModel, commands: readonly string[]): string {
  return `RUN ${commands.join(separatorLike(model))}`;
}

/**
 * The text between two commands on separate lines: as in one of these RUNs, or else as in the first indented RUN of the
 * file, or of one stage.
 */
export function separatorLike(
  model: DockerfileModel,
  runs: readonly Instruction[] = [],
  others = model.instructions,
): string {
  for (const run of [...runs, ...others]) {
    const body = run.keyword === 'RUN' ? model.text.slice(run.body.start, run.body.end) : '';
    if (!/&&[ \t]*[\\`][ \t]*\r?\n|\n[ \t]*&&/.test(body)) continue;
    const { operator, separator } = runLayout(model, run);
    if (operator === '&&' && (runs.includes(run) || /\n[ \t]/.test(separator))) return separator;
  }
  return ` ${model.escape}${lineEndOf(model)}    && `;
}

/** The indentation of the last command that starts a line. */
function continuationIndent(model: DockerfileModel, run: Instruction): string {
  const starts = (run.script?.chain.items ?? []).map((item) => item.span.start).reverse();
  for (const start of starts) {
    const lineStart = model.text.lastIndexOf('\n', start - 1) + 1;
    const before = /^([ \t]*)(?:(?:&&|;)[ \t]*)?$/.exec(model.text.slice(lineStart, start));
    if (before && lineStart > run.span.start) return before[1] ?? '';
  }
  return /\n([ \t]*)[^ \t\r\n#]/.exec(model.text.slice(run.body.start, run.body.end))?.[1] ?? '    ';
}

export function lineEndOf(model: DockerfileModel): '\n' | '\r\n' {
  return model.text.includes('\r\n') ? '\r\n' : '\n';
}

/** A `;` or `&` after the last command. */
function trailingOperator(chain: ShellChain): ShellOperator | undefined {
  return chain.operators.length >= chain.items.length ? chain.operators.at(-1) : undefined;
}

/** Nothing but an optional `;` follows the last command: no shell comment, no `&`. */
function endsPlainly(model: DockerfileModel, run: Instruction, chain: ShellChain): boolean {
  const last = chain.items.at(-1);
  if (!last || chain.operators.some((operator) => operator.text === '&')) return false;
  return /^\s*;?$/.test(model.text.slice(last.span.end, run.body.end));
}

function appendLine(model: DockerfileModel, run: Instruction, command: string): TextEdit | undefined {
  const content = run.heredocs[0]?.content;
  if (!content || content.end === content.start) return undefined;
  // After a heredoc inside the script, which may be unterminated, the line could become part of that heredoc.
  const hasOwn = run.script?.commands.some(({ redirects }) => redirects.some(({ operator }) => /<<-?$/.test(operator)));
  if (hasOwn) return undefined;
  const text = model.text.slice(content.start, content.end);
  const indent = /(?:^|\n)([ \t]*)\S[^\n]*\n*$/.exec(text)?.[1] ?? '';
  return insertion(content.end, `${indent}${command}${lineEndOf(model)}`);
}

/**
 * Removes one command from a chain, with the operator and line break after it; undefined where that would remove more.
 */
export function removeFromChain(model: DockerfileModel, run: Instruction, command: ShellCommand): TextEdit | undefined {
  const { chain, itemIndex } = command;
  const item = chain.items[itemIndex];
  const next = chain.items[itemIndex + 1];
  const operator = chain.operators[itemIndex];
  if (
    !item ||
    !next ||
    item.kind !== 'command' ||
    (operator?.text !== '&&' && operator?.text !== ';' && operator?.text !== '\n')
  )
    return undefined;
  if (operator.text === ';' && chain.operators[itemIndex - 1]?.text === '||') return undefined;
  const span = { start: item.span.start, end: next.span.start };
  const hasComment = model.comments.some((comment) => spansOverlap(comment.span, span));
  return hasComment || !containsSpan(run.span, span) ? undefined : { span, newText: '' };
}

/** Removes the last command from a chain of `&&`, with the operator and line break before it. */
export function removeLast(
  model: DockerfileModel,
  run: Instruction,
  { chain, itemIndex }: ShellCommand,
): TextEdit | undefined {
  const item = chain.items[itemIndex];
  const before = chain.items[itemIndex - 1];
  const isLast = itemIndex === chain.items.length - 1 && chain.operators.length === itemIndex;
  if (!item || !before || !isLast || item.kind !== 'command' || chain.operators[itemIndex - 1]?.text !== '&&')
    return undefined;
  const span = { start: before.span.end, end: item.span.end };
  const hasComment = model.comments.some((comment) => spansOverlap(comment.span, span));
  return hasComment || !containsSpan(run.span, span) ? undefined : { span, newText: '' };
}

/** Removes commands from a chain of `&&` that has others; undefined where that would remove a comment. */
export function withoutCommands(
  model: DockerfileModel,
  run: Instruction,
  commands: readonly ShellCommand[],
): TextEdit[] | undefined {
  const items = run.script?.chain.items ?? [];
  const removed = commands.map(({ itemIndex }) => items[itemIndex]);
  const kept = items.filter((item) => !removed.includes(item));
  const last = kept.at(-1);
  const arePlain = commands.every(({ chain, itemIndex }) => chain.items[itemIndex]?.kind === 'command');
  if (!last || !arePlain || commands.some(({ chain }) => chain !== run.script?.chain)) return undefined;
  const leading = items.slice(0, items.indexOf(last)).filter((item) => removed.includes(item));
  const spans = leading.map((item) => ({
    start: item.span.start,
    end: items[items.indexOf(item) + 1]?.span.start ?? item.span.end,
  }));
  const end = items.at(-1)?.span.end ?? last.span.end;
  if (end > last.span.end) spans.push({ start: last.span.end, end });
  const hasComment = spans.some((span) => model.comments.some((comment) => spansOverlap(comment.span, span)));
  return hasComment ? undefined : spans.map((span) => ({ span, newText: '' }));
}
