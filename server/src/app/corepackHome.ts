import type { Instruction } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import { insertion, type TextEdit } from '../text/edits';
import type { RunSite } from './runSite';
import { startOf } from './start/startTexts';

/** A folder that every user can read: https://github.com/nodejs/corepack#environment-variables (2026-11). */
export const COREPACK_HOME = '/usr/local/share/corepack';

/**
 * Corepack stores package managers in the home folder of the user who downloads them. If root does so and another user
 * calls them, they must be in a shared folder.
 */
export function corepackHome(site: RunSite, from: Instruction | undefined, eol: string): TextEdit | undefined {
  const { instructions } = site;
  const isSet = instructions.some(({ pairs }) => pairs.some(({ name }) => name === 'COREPACK_HOME'));
  const runs = instructions.filter(({ keyword }) => keyword === 'RUN');
  const first = runs.find((run) => calls(run, ({ name }) => name === 'corepack'));
  if (isSet || !first) return undefined;
  const [ofRoot, ofUser] = [runs.filter((run) => isBefore(run, from)), runs.filter((run) => !isBefore(run, from))];
  const isFetched = ofRoot.some((run) => calls(run, fetches) || calls(run, isManager));
  const isCalled =
    ofUser.some((run) => calls(run, isManager)) ||
    startOf(site).texts.some(({ text }) => /(?:^|[\s"'/])(?:pnpm|pnpx|yarn)(?:$|[\s"'])/.test(text));
  if (!isFetched || !isCalled) return undefined;
  return insertion(first.span.start, `ENV COREPACK_HOME=${COREPACK_HOME}${eol}`);
}

/** True for a RUN as root: in a stage that this one is built FROM, or above the first RUN of the user. */
function isBefore(run: Instruction, from: Instruction | undefined): boolean {
  return from === undefined || run.span.start < from.span.start;
}

function calls(run: Instruction, wanted: (command: ShellCommand) => boolean): boolean {
  return run.script?.commands.some(wanted) ?? false;
}

function fetches({ name, words }: ShellCommand): boolean {
  return name === 'corepack' && /^(?:prepare|install|use|up)$/.test(words[1]?.value ?? '');
}

function isManager({ name, words }: ShellCommand): boolean {
  return /^(?:pnpm|pnpx|yarn)$/.test(name) && !words.some(({ value }) => /^(?:-g|--global|global)$/.test(value));
}
