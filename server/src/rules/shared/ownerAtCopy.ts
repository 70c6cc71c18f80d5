import { absolutePath, copyTarget, workdirAt } from '../../app/copiedFiles';
import { isMadeBy, madeBy } from '../../app/madeFolders';
import { runsAsOwner } from '../../app/npmAsOwner';
import { levelsWithin } from '../../app/writtenPaths';
import { giveTo } from '../../dockerfile/edits/giveTo';
import { isPlainRun } from '../../dockerfile/edits/joinRuns';
import { removeWithComments } from '../../dockerfile/edits/removeWithComments';
import { lineEndOf, separatorLike, withoutCommands } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { shellPaths } from '../../dockerfile/edits/writePaths';
import { inheritedInstructions, lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { baseWorkdir } from '../../knowledge/baseWorkdir';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { applyEdits, insertion, sortEdits, type TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import { wordList } from '../../text/wordList';
import { USER_COMMANDS } from './switchUser';

/** A `chown -R` of a directory that COPYs above it have filled. */
export interface OwnerChange {
  readonly run: Instruction;
  readonly command: ShellCommand;
  readonly owner: string;
  /** The directories that it names, as absolute paths. */
  readonly folders: readonly string[];
  readonly copies: readonly Instruction[];
}

/** System packages go elsewhere, and the owner of directories is changed separately. */
const WRITES_ELSEWHERE = wordList`
  apt apt-get apk dnf yum microdnf pip[\d.]* rm useradd adduser groupadd addgroup usermod groupmod mkdir chmod chown
  chgrp set true : update-ca-certificates ldconfig locale-gen docker-php-ext-\w+ pecl pear install-php-extensions
  a2en\w+ a2dis\w+ phpenmod
`;
/** These write the files that they name. */
const WRITES_NAMED = /^(?:cat|cp|echo|ln|mv|printf|sed|tee|touch)$/;

/** Commands that may move above the COPY: they do not look at the files. */
const MAKES_OWNER = /^(?:useradd|adduser|groupadd|addgroup|usermod|groupmod|mkdir|true|set)$/;

/**
 * The edits that give the files their owner when they are copied, with the user created above. Otherwise what a person
 * has to change: `between`, files that RUNs have written, or `create`, where the owner is created.
 */
export function ownerAtCopy(
  dockerfile: DockerfileModel,
  change: OwnerChange,
  areOnlyRead: () => boolean,
): TextEdit[] | 'between' | 'create' {
  const { run, command, owner, copies } = change;
  const [first] = copies;
  if (!first || run.onbuild || copies.some(unpacks)) return 'between';
  const passed = (run.stage?.instructions ?? []).filter(
    ({ span }) => span.start > first.span.start && span.start < run.span.start,
  );
  const others = (run.script?.commands ?? []).filter((one) => one !== command);
  if (writesInside(change, others) && !areOnlyRead()) return 'between';
  if (!isPlainRun(dockerfile, run) || command.wrappers.length > 0) return 'create';
  const makers = [...passed, run].filter((node) => createsOwner(node, owner));
  const ungiven = copies.filter(({ flags }) => !flags.some(({ name }) => name === 'chown'));
  const staysBelow =
    ungiven.length === 0 || (makers.length === 0 && (others.length > 0 || passed.some(installsPackages)));
  const rest = staysBelow ? chownInPlace(dockerfile, change) : moveUp(dockerfile, change, makers, passed, first);
  return rest === undefined ? 'create' : sortEdits([...rest, ...ungiven.flatMap((copy) => giveTo(copy, owner))]);
}

/** Files keep the owner that an archive names. */
function unpacks({ keyword, args }: Instruction): boolean {
  return (
    keyword === 'ADD' &&
    args.slice(0, -1).some(({ value }) => /:\/\/|\.(?:t?(?:ar\.)?(?:gz|bz2|xz|zst)|tar|zip)$/.test(value))
  );
}

/** A package may create the owner. */
function installsPackages({ script }: Instruction): boolean {
  return script?.commands.some(({ name }) => /^(?:apt|apt-get|apk|dnf|yum|microdnf)$/.test(name)) ?? false;
}

function writesInside({ run, folders }: OwnerChange, others: readonly ShellCommand[]): boolean {
  const above = (run.stage?.instructions ?? []).filter(
    ({ keyword, span }) => keyword === 'RUN' && span.start < run.span.start,
  );
  const commands = [...above.flatMap(({ script }) => script?.commands ?? []), ...others];
  return (
    above.some(({ script }) => !script) ||
    commands.some((command) => !WRITES_ELSEWHERE.test(command.name) && !namesOthers(command, folders))
  );
}

/** True for a command that only writes files outside of these directories. */
function namesOthers(command: ShellCommand, folders: readonly string[]): boolean {
  const { operands } = readOptions(command);
  const printed = /^(?:cat|echo|printf)$/.test(command.name) ? operands.length : command.name === 'sed' ? 1 : 0;
  const redirected = command.redirects.flatMap(({ operator, target }) =>
    operator.includes('>') && target ? [target] : [],
  );
  return (
    WRITES_NAMED.test(command.name) &&
    [...operands.slice(printed), ...redirected].every(
      ({ isStatic, value }) =>
        isStatic &&
        value.startsWith('/') &&
        !folders.some((folder) => isWithin(value, folder) || isWithin(folder, value)),
    )
  );
}

/** True when a RUN creates the user or the group. */
function createsOwner(node: Instruction, owner: string): boolean {
  const names = owner.split(':');
  return (node.script?.commands ?? []).some(
    ({ name, words }) => USER_COMMANDS.test(name) && words.some(({ value }) => names.includes(value)),
  );
}

/** Only directories are left to change: those that the COPYs do not create, and that have another owner. */
function foldersToChange(change: OwnerChange): string[] {
  const { run, folders, copies } = change;
  const [first] = copies;
  const above = inherited(run).filter(({ span }) => span.start <= run.span.start);
  const made = above.flatMap((node) => (node.keyword === 'WORKDIR' ? [folderOf(node)] : madeBy(node)));
  return folders.flatMap((folder) => {
    const inside = made.flatMap((one) => levelsWithin(one, folder));
    // A step that reorders the stage may move the WORKDIR above the COPY.
    const isThere = !first || mayBeOfBase(folder) || made.some((one) => isWithin(one, folder));
    return [...(isThere ? [folder] : []), ...new Set(inside)].filter((one) => !isGivenAbove(change, one));
  });
}

/** True where an earlier RUN has given the directory to the same owner, after it was created. */
function isGivenAbove({ run, owner }: OwnerChange, folder: string): boolean {
  const above = inherited(run).filter(({ span }) => span.start < run.span.start);
  const made = above.findLastIndex((node) =>
    node.keyword === 'WORKDIR' ? isWithin(folderOf(node), folder) : isMadeBy(node, folder),
  );
  return above.slice(Math.max(made, 0)).some(
    (node) =>
      node.keyword === 'RUN' &&
      (node.script?.commands ?? []).some((command) => {
        const [given, ...paths] = command.name === 'chown' ? readOptions(command).operands : [];
        const isDeep = readOptions(command).has('-R', '--recursive');
        return (
          given?.value === owner &&
          paths
            .map(({ value }) => absolutePath(value, workdirAt(node)))
            .some((path) => path === folder || (isDeep && isWithin(folder, path)))
        );
      }),
  );
}

/** Directories that no COPY fills keep their recursive chown. */
function hasOthers({ folders, copies }: OwnerChange): boolean {
  return !folders.every((folder) => copies.some((copy) => isWithin(copyTarget(copy), folder)));
}

function folderOf(workdir: Instruction): string {
  return absolutePath(workdir.expand(workdir.args[0]?.text ?? '') ?? '/', workdirAt(workdir));
}

/** The chown without its recursion, or nothing. */
function chownInPlace(dockerfile: DockerfileModel, change: OwnerChange): TextEdit[] | undefined {
  const { run, command } = change;
  if (hasOthers(change)) return undefined;
  const folders = foldersToChange(change);
  if (folders.length > 0) return ofFoldersOnly(change, folders);
  return run.script?.commands.length === 1
    ? [removeWithComments(dockerfile, run)]
    : withoutCommands(dockerfile, run, [command]);
}

/** `chown -R app /app` as `chown app /app /app/data`. */
function ofFoldersOnly({ command, owner }: OwnerChange, folders: readonly string[]): TextEdit[] {
  return [{ span: command.span, newText: chownOf(owner, folders) }];
}

function chownOf(owner: string, folders: readonly string[]): string {
  return `chown ${owner} ${shellPaths(folders)}`;
}

/** The RUNs that create the owner, above the first COPY; undefined where they depend on what is in between. */
function moveUp(
  dockerfile: DockerfileModel,
  change: OwnerChange,
  makers: readonly Instruction[],
  passed: readonly Instruction[],
  first: Instruction,
): TextEdit[] | undefined {
  const { text } = dockerfile;
  const eol = lineEndOf(dockerfile);
  if (!makers.every((maker) => isPlainRun(dockerfile, maker) && isIndependent(maker, makers, passed))) return undefined;
  const isMaker = makers.includes(change.run);
  const below = isMaker ? { edits: [], chown: undefined } : movedAlone(dockerfile, change, first);
  const moved = makers.map((maker) =>
    maker === change.run ? movedChown(dockerfile, change, first) : movedWhole(dockerfile, maker),
  );
  if (!below || !moved.every((one) => one !== undefined)) return undefined;
  const runs = moved.map((one) => one.text);
  if (below.chown !== undefined) {
    const last = runs.pop();
    const inStage = change.run.stage?.instructions;
    runs.push(
      last === undefined ? `RUN ${below.chown}` : last + separatorLike(dockerfile, makers, inStage) + below.chown,
    );
  }
  if (runs.length === 0) return below.edits;
  const at = startWithComments(text, first.span.start);
  const written = runs.join(eol);
  const isSection = written.startsWith('#') || at < text.lastIndexOf('\n', first.span.start) + 1;
  const gap = isSection && /\n[ \t]*\r?\n$/.test(text.slice(first.stage?.from.span.end, at)) ? eol : '';
  const above = insertion(at, `${written}${eol}${gap}`);
  return [above, ...moved.flatMap(({ edits }) => edits), ...below.edits];
}

/** A RUN of only the chown: above the COPY where the directories are there already. */
function movedAlone(
  dockerfile: DockerfileModel,
  change: OwnerChange,
  first: Instruction,
): { readonly edits: TextEdit[]; readonly chown: string | undefined } | undefined {
  const folders = foldersToChange(change);
  const isMovable = change.run.script?.commands.length === 1 && folders.length > 0 && !hasOthers(change);
  if (isMovable && mayOwnAbove(change, first) && folders.every((folder) => existsAt(folder, first)))
    return { edits: [removeWithComments(dockerfile, change.run)], chown: chownOf(change.owner, folders) };
  const edits = chownInPlace(dockerfile, change);
  return edits && { edits, chown: undefined };
}

interface Moved {
  /** What is written above the COPY. */
  readonly text: string;
  /** What removes it below. */
  readonly edits: readonly TextEdit[];
}

function movedWhole(
  dockerfile: DockerfileModel,
  run: Instruction,
  changes: readonly TextEdit[] = [],
): Moved | undefined {
  if (!(run.script?.commands ?? []).every(({ name }) => MAKES_OWNER.test(name) || name === 'chown')) return undefined;
  const removal = removeWithComments(dockerfile, run);
  const { start } = removal.span;
  const shifted = changes.map(({ span, newText }) => ({
    span: { start: span.start - start, end: span.end - start },
    newText,
  }));
  return { text: applyEdits(dockerfile.text.slice(start, run.span.end), shifted), edits: [removal] };
}

/** The RUN with the chown itself: as a whole, or only what creates the owner. */
function movedChown(dockerfile: DockerfileModel, change: OwnerChange, first: Instruction): Moved | undefined {
  const { run, command, folders, owner } = change;
  const commands = run.script?.commands ?? [];
  const isWhole = commands.every((one) => one === command || MAKES_OWNER.test(one.name));
  const made = madeBy(run);
  const isThere = (folder: string): boolean =>
    existsAt(folder, first) || made.some((one) => isWithin(one, folder)) || isHomeOf(run, folder);
  const makesInside = made.some((one) => folders.some((folder) => isWithin(one, folder)));
  // A recursive chown of new, empty directories costs nothing.
  const needsParent = commands.some((one) => one.name === 'mkdir' && !readOptions(one).has('-p', '--parents'));
  const lacksParent = needsParent && made.some((one) => !existsAt(one.replace(/\/[^/]*$/, '') || '/', first));
  const isAbove = mayOwnAbove(change, first) && !lacksParent;
  if (isWhole && isAbove && (makesInside || hasOthers(change)))
    return folders.every(isThere) ? movedWhole(dockerfile, run) : undefined;
  const changed = foldersToChange(change);
  const areThere = isAbove && changed.every(isThere);
  const inPlace = chownInPlace(dockerfile, change);
  if (!inPlace) return undefined;
  if (isWhole && areThere) return movedWhole(dockerfile, run, inPlace);
  const making = commands.filter(({ name }) => USER_COMMANDS.test(name));
  const removed = withoutCommands(dockerfile, run, areThere ? [...making, command] : making);
  const written = making.map(({ span }) => dockerfile.text.slice(span.start, span.end));
  const chown = areThere && changed.length > 0 ? [chownOf(owner, changed)] : [];
  return (
    removed && {
      text: `RUN ${[...written, ...chown].join(separatorLike(dockerfile, [run], run.stage?.instructions))}`,
      edits: [...removed, ...(areThere ? [] : inPlace)],
    }
  );
}

/** The owner of the directory must not change what RUNs in between do. */
function mayOwnAbove({ run }: OwnerChange, first: Instruction): boolean {
  const { instructions } = run.stage ?? { instructions: [] };
  return !instructions.some(
    (node) => node.span.start > first.span.start && node.span.start < run.span.start && runsAsOwner(node),
  );
}

/** `useradd -m app` and `adduser app` create /home/app. */
function isHomeOf({ script }: Instruction, folder: string): boolean {
  const name = /^\/home\/([\w.-]+)$/.exec(folder)?.[1];
  return (script?.commands ?? []).some(
    (command) =>
      command.words.at(-1)?.value === name &&
      (command.name === 'useradd'
        ? readOptions(command).has('-m', '--create-home')
        : command.name === 'adduser' && !readOptions(command).has('-H', '-S', '--no-create-home', '--system')),
  );
}

/** Nothing in between sets a variable, a shell, a user or a group for it, or installs its programs. */
function isIndependent(maker: Instruction, makers: readonly Instruction[], passed: readonly Instruction[]): boolean {
  const above = passed.filter((node) => node.span.start < maker.span.start && !makers.includes(node));
  const written = maker.script?.commands.flatMap(({ words }) => words) ?? [];
  const groups = groupsOf(maker).filter(
    (name) => /^[a-z_]/i.test(name) && !OF_SYSTEM.test(name) && !makers.some((one) => createsLast(one, name)),
  );
  const changesUsers = (maker.script?.commands ?? []).some(({ name }) => /^(?:usermod|groupmod)$/.test(name));
  return above.every((node) => {
    if (/^(?:USER|SHELL|ONBUILD)$/.test(node.keyword)) return false;
    if (node.keyword === 'ARG' || node.keyword === 'ENV')
      return !node.pairs.some(({ name }) => written.some(({ text }) => new RegExp(`\\$\\{?${name}\\b`).test(text)));
    if (node.keyword !== 'RUN' || !installsPackages(node)) return true;
    return groups.length === 0 && !changesUsers && !/\$|\b(?:shadow|shadow-utils|adduser|passwd)\b/.test(node.bodyText);
  });
}

/** `addgroup -S web`, `useradd -r web`. */
function createsLast({ script }: Instruction, name: string): boolean {
  return (script?.commands ?? []).some(
    (command) =>
      /^(?:addgroup|groupadd|adduser|useradd)$/.test(command.name) &&
      command.words.at(-1)?.value === name &&
      readOptions(command).operands.length < 2,
  );
}

/** Groups that distributions have. */
const OF_SYSTEM = wordList`root users sudo wheel adm audio video staff www-data dialout tty games nobody nogroup node`;

/** Groups that a RUN adds its user to. */
function groupsOf(run: Instruction): string[] {
  return (run.script?.commands ?? []).flatMap((command) => {
    if (command.name === 'groupadd' || !USER_COMMANDS.test(command.name)) return [];
    const options = readOptions(command);
    // `adduser web www-data` and `addgroup nginx web` only add one to the other.
    if (/^add/.test(command.name) && options.operands.length === 2) return options.operands.map(({ value }) => value);
    if (command.name === 'addgroup') return [];
    const named = [options.option('-G', '--groups'), options.option('-g', '--gid'), options.option('--ingroup')];
    return named.flatMap((word) => word?.value?.split(',') ?? []);
  });
}

/** The instructions of the stage and of those that it is built FROM. */
function inherited({ stage }: Instruction): readonly Instruction[] {
  return stage ? inheritedInstructions(stage) : [];
}

/** True for a directory that the image certainly has above an instruction. */
function existsAt(folder: string, node: Instruction): boolean {
  const above = inherited(node).filter(({ span }) => span.start < node.span.start);
  return (
    isOfBase(folder, node) ||
    above.some((one) => (one.keyword === 'WORKDIR' ? isWithin(folderOf(one), folder) : isMadeBy(one, folder)))
  );
}

/** Directories that every distribution has, and the working directory of an official image. */
function isOfBase(folder: string, { stage }: Instruction): boolean {
  const base = stage && lineage(stage)[0]?.base;
  return (
    /^\/(?:srv|opt|mnt|media|home|tmp|etc|var(?:\/(?:lib|log|cache))?|usr(?:\/(?:local|share|lib|bin))?)?$/.test(
      folder,
    ) ||
    (base?.kind === 'image' && isWithin(baseWorkdir(base.image), folder))
  );
}

/** Directories that the base image or a package may have created. */
function mayBeOfBase(folder: string): boolean {
  return /^\/(?:srv|opt|mnt|media|home(?:\/[\w.-]+)?|tmp|(?:etc|var|lib|usr(?!\/src(?:\/|$)))(?:\/.*)?)?$/.test(folder);
}
