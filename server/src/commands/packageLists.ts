import { removeFromChain, runLayout } from '../dockerfile/edits/runLayout';
import { laterInstructions } from '../dockerfile/finalStages';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import { insertion, type TextEdit } from '../text/edits';
import { isMounted } from './caches';
import { type PackageCommand, packageCommand } from './packageCommand';
import { repeatedUpdates } from './repeatedCommands';
import { setsUpRepository } from './repositorySetup';
import { SYSTEM_MANAGERS } from './systemPackages';

const LIST_FOLDERS = ['/var/lib/apt/lists', '/var/cache/apk', '/var/cache/zypp'];
const UPDATES: ReadonlySet<string> = new Set(['update', 'up', 'refresh', 'ref']);

/**
 * `apk add --update` does the same as `apk update && apk add`. `yum update` and `zypper up` are upgrades, but just as bad on their own.
 */
export function isUpdate({ subcommand, tool, operands }: PackageCommand): boolean {
  return UPDATES.has(subcommand?.value ?? '') && !(tool !== 'apt-get' && tool !== 'apt' && operands.length > 0);
}

/** RUNs that install from the lists of this one: all until a RUN of the stage fetches its own lists. */
export function installsFromTheseLists(dockerfile: DockerfileModel, node: Instruction): Instruction[] {
  const updated = new Set<Stage | undefined>();
  return laterInstructions(dockerfile, node).filter((other) => {
    if (updated.has(other.stage)) return false;
    const fetches = firstUse(other, toolsOf(node));
    // Lists in a mount are not there for the RUNs that follow.
    if (fetches && !isMounted(other, LIST_FOLDERS)) updated.add(other.stage);
    return fetches === false;
  });
}

/** True where it fetches lists before it reads them, false where it reads existing lists. */
function firstUse({ script }: Instruction, tools: readonly string[]): boolean | undefined {
  for (const command of script?.commands ?? []) {
    if (setsUpRepository(command)) return true;
    const call = packageCommand(command, tools);
    if (call && (isUpdate(call) || readsLists(call))) return isUpdate(call);
    if (tools.includes('apt-get') && installsByItself(command)) return false;
  }
  return undefined;
}

/** `rosdep install`, also inside `bash -c '…'`: it calls `apt-get install`, and never `apt-get update`. */
function installsByItself({ words }: ShellCommand): boolean {
  return INSTALLERS.test(words.map(({ value }) => value).join(' '));
}

const INSTALLERS =
  /\brosdep (?:-\S{1,30} ){0,4}install\b|\bmk-build-deps\b.{0,200} -\w{0,9}i|\bgdebi\b|\btasksel install\b/;

/** `apk add --no-cache` fetches its own lists and does not keep them. */
function readsLists(call: PackageCommand): boolean {
  return READS_LISTS.test(call.subcommand?.value ?? '') && !call.has('--no-cache');
}

const READS_LISTS =
  /^(?:add|build-dep|dist-upgrade|download|full-upgrade|in|install|reinstall|satisfy|source|upgrade)$/;

function toolsOf({ script }: Instruction): readonly string[] {
  const isApt = script?.commands.some(
    (command) => command.name === 'apt-get' || command.name === 'apt' || setsUpRepository(command),
  );
  return isApt ? ['apt-get', 'apt'] : ['apk', 'zypper'];
}

/** True where no step other than these RUNs may need the lists, up to the last of these RUNs. */
export function onlyTheseRead(
  dockerfile: DockerfileModel,
  node: Instruction,
  readers: readonly Instruction[],
): boolean {
  const last = readers.at(-1);
  if (changesSources(dockerfile, node, readers)) return false;
  return laterInstructions(dockerfile, node).every(
    (other) =>
      other.keyword !== 'RUN' ||
      readers.includes(other) ||
      (last !== undefined && other.stage === last.stage && other.span.start > last.span.start) ||
      (other.script?.commands ?? []).every(
        ({ name, words }) => !ASKS_FOR_LISTS.test(name) && !/\.sh$/.test(words[0]?.value ?? ''),
      ),
  );
}

/** True when the package sources change before the last of these RUNs: lists that are fetched again would differ. */
export function changesSources(
  { text, instructions }: DockerfileModel,
  node: Instruction,
  readers: readonly Instruction[],
): boolean {
  const last = readers.at(-1)?.span.start ?? 0;
  return instructions.some(
    ({ span }) => span.start > node.span.start && span.start <= last && SOURCES.test(text.slice(span.start, span.end)),
  );
}

const SOURCES = /\/etc\/apt\b|\badd-apt-repository|\bapt-add-repository|\bdpkg[ \t]{1,9}(?!--print-)|\.deb\b/;
const ASKS_FOR_LISTS =
  /^(?:add-apt-repository|apt-add-repository|apt-file|apt-cache|aptitude|bash|make|npx|sh|tasksel|)$/;

/** True when a command can be inserted before the first command of the RUN. */
export function canBegin(dockerfile: DockerfileModel, node: Instruction, run: Instruction): boolean {
  const { script } = run;
  const user = (of: Instruction): Instruction | undefined =>
    of.stage?.instructions.findLast(({ keyword, span }) => keyword === 'USER' && span.start < of.span.start);
  return (
    run.keyword === 'RUN' &&
    run.form === 'shell' &&
    run.heredocs.length === 0 &&
    run.flags.length === 0 &&
    run.shell === node.shell &&
    user(run) === (run.stage === node.stage ? user(node) : undefined) &&
    script?.errors.length === 0 &&
    script.chain.items[0]?.span.start === run.body.start &&
    script.chain.operators.every(({ text }) => text === '&&') &&
    dockerfile.text.slice(run.body.start, run.body.end).trim() !== ''
  );
}

/** Fetches the lists at the beginning of a RUN, and removes the RUN's own update, which would fetch them again. */
export function fetchFirst(dockerfile: DockerfileModel, run: Instruction, update: string): TextEdit[] {
  const again = [...repeatedUpdates(run)].flatMap((command) => removeFromChain(dockerfile, run, command) ?? []);
  return [putFirst(dockerfile, run, update), ...again];
}

function putFirst(dockerfile: DockerfileModel, run: Instruction, command: string): TextEdit {
  const { body, script } = run;
  const isOfLines = dockerfile.text.slice(body.start, body.end).includes('\n');
  const hasChain = (script?.chain.operators.length ?? 0) > 0;
  const separator = isOfLines && hasChain ? runLayout(dockerfile, run).separator : ' && ';
  const [first, second] = script?.chain.items ?? [];
  // `set -x` stays the first command.
  const isSet = first?.commands.length === 1 && first.commands[0]?.name === 'set';
  return insertion(isSet && second ? second.span.start : body.start, command + separator);
}

/** Commands that certainly install no packages by themselves. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...SYSTEM_MANAGERS,
  ...[
    '[',
    'a2dismod',
    'a2enconf',
    'a2enmod',
    'a2ensite',
    'addgroup',
    'adduser',
    'add-apt-repository',
    'apt-cache',
    'apt-key',
    'cat',
    'cd',
    'chmod',
    'chown',
    'cp',
    'curl',
    'cut',
    'date',
  ],
  ...['dpkg', 'echo', 'env', 'export', 'false', 'find', 'gpg', 'grep', 'head', 'install', 'ln', 'ls', 'lsb_release'],
  ...[
    'mkdir',
    'mv',
    'printf',
    'rm',
    'rpm',
    'sed',
    'service',
    'set',
    'sleep',
    'sort',
    'tail',
    'tee',
    'test',
    'touch',
    'true',
  ],
  ...['uname', 'wc', 'wget', 'locale-gen', 'localedef', 'update-locale', 'groupadd', 'useradd', 'usermod'],
]);

export function installsNothing({ name, words }: ShellCommand): boolean {
  return HARMLESS.has(name) || (name === '' && words.length === 0);
}
