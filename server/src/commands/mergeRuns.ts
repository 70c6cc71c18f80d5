import { isNextTo, isPlainRun, joinRuns } from '../dockerfile/edits/joinRuns';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import type { TextEdit } from '../text/edits';
import { repeatedCommands } from './repeatedCommands';
import { startsDaemon } from './startsDaemon';

/**
 * Commands that change the shell itself: what follows them in the same script would behave differently in a new shell.
 */
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
 * The edits that join consecutive RUNs into one, with one command per line. Package lists are fetched once, caches are
 * emptied once. Undefined where the result could differ: see canMerge. RUNs with comments between them stay apart.
 */
export function mergeRuns(dockerfile: DockerfileModel, runs: readonly Instruction[]): TextEdit[] | undefined {
  if (!runs.every((run, at) => at === 0 || isMergeable(dockerfile, runs[at - 1], run))) return undefined;
  return joinRuns(dockerfile, runs, repeatedCommands(runs));
}

function isMergeable(dockerfile: DockerfileModel, first: Instruction | undefined, second: Instruction): boolean {
  return first !== undefined && canMerge(dockerfile, first, second) && isNextTo(dockerfile, first, second);
}

/**
 * True when two RUNs can be joined: same flags and shell, chains of `&&`, a first RUN that does not change its shell,
 * no daemon.
 */
export function canMerge(dockerfile: DockerfileModel, first: Instruction, second: Instruction): boolean {
  if (first.keyword !== 'RUN' || second.keyword !== 'RUN' || first.stage !== second.stage) return false;
  if (first.shell !== second.shell || flagsOf(first) !== flagsOf(second)) return false;
  return [first, second].every((run) => isPlainRun(dockerfile, run) && !startsDaemon(run)) && keepsItsShell(first);
}

/** The working directory, options and variables of the first shell must not affect the second script. */
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
