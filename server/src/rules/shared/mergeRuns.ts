import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { ShellCommand } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { lineEndOf, runLayout } from './runLayout';

/** Commands that change the shell itself: what follows them in one script would run differently than in a shell of its own. */
const CHANGES_SHELL = new Set([
  '.',
  'alias',
  'cd',
  'exec',
  'exit',
  'export',
  'popd',
  'pushd',
  'set',
  'shopt',
  'source',
  'trap',
  'ulimit',
  'umask',
  'unset',
]);

/**
 * The edits that make one RUN of two that follow each other; undefined where the result could differ: other flags or
 * shells, heredocs, exec form, comments between them, a script that is not a chain of `&&`, a first one that changes its shell.
 */
export function mergeRuns(
  dockerfile: DockerfileModel,
  first: Instruction,
  second: Instruction,
): TextEdit[] | undefined {
  if (!canMerge(dockerfile, first, second)) return undefined;
  const between = dockerfile.text.slice(first.body.end, second.body.start);
  if (!/^[ \t]*(?:\r?\n[ \t]*)*RUN\s/i.test(between)) return undefined;
  return [
    { span: { start: first.body.end, end: second.body.start }, newText: separatorFor(dockerfile, first, second) },
  ];
}

/** True when two RUNs may be one: see mergeRuns. */
export function canMerge(dockerfile: DockerfileModel, first: Instruction, second: Instruction): boolean {
  if (first.stage !== second.stage || first.shell !== second.shell) return false;
  if (flagsOf(first) !== flagsOf(second)) return false;
  return [first, second].every((run) => isPlainRun(dockerfile, run)) && keepsItsShell(first);
}

/** A RUN in shell form whose script is nothing but commands joined by `&&`, to the last character. */
function isPlainRun(dockerfile: DockerfileModel, run: Instruction): boolean {
  const { script } = run;
  if (run.keyword !== 'RUN' || run.form !== 'shell' || run.heredocs.length > 0) return false;
  if (!script || script.errors.length > 0 || script.chain.items.length === 0) return false;
  if (!script.chain.operators.every((operator) => operator.text === '&&')) return false;
  if (script.chain.operators.length !== script.chain.items.length - 1) return false;
  const last = script.chain.items.at(-1);
  // A comment at the end of the script would swallow what is joined to it.
  return last !== undefined && dockerfile.text.slice(last.span.end, run.body.end).trim() === '';
}

/** Folder, options and variables of the first shell must not reach the second script. */
function keepsItsShell(run: Instruction): boolean {
  const { chain, commands } = run.script ?? { chain: undefined, commands: [] };
  return commands.every((command: ShellCommand) => {
    const inThisShell = command.chain === chain && command.pipeline.length === 1;
    const setsVariables = command.name === '' && command.words.length === 0 && command.assignments.length > 0;
    return !inThisShell || (!CHANGES_SHELL.has(command.name) && !setsVariables);
  });
}

function flagsOf(run: Instruction): string {
  return run.flags
    .map((flag) => `${flag.name}=${flag.value ?? ''}`)
    .sort()
    .join('\n');
}

/** In the layout of whichever of the two has one; two short lines become a chain of two lines. */
function separatorFor(dockerfile: DockerfileModel, first: Instruction, second: Instruction): string {
  for (const run of [first, second]) {
    const body = dockerfile.text.slice(run.body.start, run.body.end);
    if (body.includes('\n') && (run.script?.chain.operators.length ?? 0) > 0)
      return runLayout(dockerfile, run).separator;
  }
  return ` ${dockerfile.escape}${lineEndOf(dockerfile)}    && `;
}
