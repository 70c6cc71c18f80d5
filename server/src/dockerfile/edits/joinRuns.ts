import type { ShellItem } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import type { DockerfileModel, Instruction } from '../model';
import { separatorLike } from './runLayout';

/** The edits that join consecutive RUNs into one, with one command per line and without the repeated ones. */
export function joinRuns(
  dockerfile: DockerfileModel,
  runs: readonly Instruction[],
  repeated: ReadonlySet<ShellItem>,
): TextEdit[] {
  const separator = separatorLike(dockerfile, runs);
  const items = runs.flatMap((run) => (run.script?.chain.items ?? []).map((item) => ({ run, item })));
  const edits: TextEdit[] = [];
  let before = items[0];
  let isGap = false;
  for (const next of items.slice(1)) {
    const isInside = before?.run === next.run && isOfLines(dockerfile, next.run);
    if (repeated.has(next.item) && !(isInside && hasComment(dockerfile, before?.item, next.item))) {
      isGap = true;
      continue;
    }
    const span = { start: before?.item.span.end ?? 0, end: next.item.span.start };
    if (isGap || !isInside) edits.push({ span, newText: separator });
    if (before?.run !== next.run) edits.push(...indented(dockerfile, next.run));
    before = next;
    isGap = false;
  }
  return edits;
}

/** True when only blank lines separate the two. */
export function isNextTo({ text }: DockerfileModel, first: Instruction, second: Instruction): boolean {
  return text.slice(first.span.end, second.span.start).trim() === '';
}

/** A RUN in shell form whose whole script is commands joined by `&&`. */
export function isPlainRun(dockerfile: DockerfileModel, run: Instruction): boolean {
  const { script } = run;
  if (run.keyword !== 'RUN' || run.form !== 'shell' || run.heredocs.length > 0) return false;
  if (!script || script.errors.length > 0 || script.chain.items.length === 0) return false;
  if (!script.chain.operators.every((operator) => operator.text === '&&')) return false;
  if (script.chain.operators.length !== script.chain.items.length - 1) return false;
  const last = script.chain.items.at(-1);
  // A comment at the end of the script would swallow what is joined to it.
  return last !== undefined && dockerfile.text.slice(last.span.end, run.body.end).trim() === '';
}

function hasComment({ comments }: DockerfileModel, before: ShellItem | undefined, item: ShellItem): boolean {
  return comments.some(({ span }) => span.start >= (before?.span.end ?? 0) && span.end <= item.span.end);
}

/** Indents the continuation lines of a single command that now starts one step to the right. */
function indented(dockerfile: DockerfileModel, { script, body }: Instruction): TextEdit[] {
  const { text } = dockerfile;
  if (script?.chain.items.length !== 1) return [];
  const edits: TextEdit[] = [];
  for (let at = text.indexOf('\n', body.start) + 1; at > 0 && at < body.end; at = text.indexOf('\n', at) + 1) {
    const isInWord = script.commands.some(({ words }) => words.some(({ span }) => span.start < at && at < span.end));
    if (!isInWord) edits.push(insertion(at, text[at] === '\t' ? '\t' : '    '));
  }
  return edits;
}

function isOfLines({ text }: DockerfileModel, { body }: Instruction): boolean {
  return text.slice(body.start, body.end).includes('\n');
}
