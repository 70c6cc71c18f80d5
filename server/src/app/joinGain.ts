import { packageCommand } from '../commands/packageCommand';
import { SYSTEM_MANAGERS, systemInstall } from '../commands/systemPackages';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import { toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { baseName } from '../text/paths';
import { absolutePath, workdirAt } from './copiedFiles';

/**
 * Groups of consecutive RUNs that are worth a single layer: a later one removes or changes what an earlier one wrote,
 * both install with the same package manager, or both are small settings on one subject. All other RUNs stay separate,
 * because the build cache keeps each as a step.
 */
export function groupsWorthJoining(dockerfile: DockerfileModel, row: readonly Instruction[]): Instruction[][] {
  const groups: Instruction[][] = [];
  // For each RUN, the first RUN that it should be joined with.
  const starts = row.map((later, at) => {
    const from = Math.max(0, at - MAX_DISTANCE);
    const found = row
      .slice(from, at)
      .findIndex((earlier, index) => isWorthIt(dockerfile, earlier, later, at - from - index));
    return found < 0 ? at : from + found;
  });
  for (const [index, run] of row.entries()) {
    const group = groups.at(-1);
    if (group && starts.slice(index, index + MAX_DISTANCE).some((start) => start < index)) group.push(run);
    else groups.push([run]);
  }
  return groups.filter(({ length }) => length > 1);
}

/** No one writes more RUNs between filling a cache and emptying it. */
const MAX_DISTANCE = 12;

function isWorthIt(dockerfile: DockerfileModel, earlier: Instruction, later: Instruction, distance: number): boolean {
  const subject = subjectOf(earlier);
  const isSmall = subject === USERS || subject === FILES;
  if (!(isSmall && distance > 1) && undoes(earlier, later)) return true;
  if (distance > 1) return false;
  if (subject !== undefined && subject === subjectOf(later))
    return isOfSystem(subject) || isSamePart(dockerfile, earlier, later);
  if (downloads(earlier).some((file) => mentions(later, file))) return true;
  // A folder is not part of the user who gets it, unless it is in the user's home.
  if (isFolderOfUser(subject, subjectOf(later)) && !later.bodyText.includes('/home/')) return false;
  return isSmall && isSamePart(dockerfile, earlier, later) && pathsOf(earlier).some((path) => mentions(later, path));
}

function isFolderOfUser(one: string | undefined, other: string | undefined): boolean {
  return (one === FILES && other === USERS) || (one === USERS && other === FILES);
}

/** True when no blank line separates the two: blank lines divide a file into sections. */
function isSamePart({ text }: DockerfileModel, earlier: Instruction, later: Instruction): boolean {
  return !/\n[ \t]*\r?\n/.test(text.slice(earlier.span.end, later.span.start));
}

/** Users and small files: fast and nearly without size. */
const USERS = 'users';
const FILES = 'files';
const USER_PROGRAMS = /^(?:addgroup|adduser|chsh|delgroup|deluser|groupadd|groupmod|passwd|useradd|usermod)$/;
const FILE_PROGRAMS =
  /^(?:a2enmod|a2ensite|a2enconf|a2dismod|a2dissite|chgrp|chmod|chown|echo|install|ln|mkdir|printf|rm|sed|tee|touch|update-alternatives)$/;
/** Package managers and their preparation: keys, sources, lists. */
const FAMILIES: readonly (readonly [subject: string, programs: RegExp, folders: RegExp])[] = [
  [
    'apt',
    /^(?:apt|apt-get|apt-key|apt-mark|add-apt-repository|debconf-set-selections|dpkg|dpkg-reconfigure)$/,
    /\/etc\/apt\b|\/usr\/share\/keyrings|\/var\/(?:lib|cache)\/apt\b/,
  ],
  ['apk', /^apk$/, /\/etc\/apk\b|\/var\/cache\/apk\b/],
  ['rpm', /^(?:dnf|microdnf|rpm|yum|yum-config-manager)$/, /\/etc\/(?:dnf|yum|pki)\b|\/var\/cache\/(?:dnf|yum)\b/],
  ['zypper', /^zypper$/, /\/etc\/zypp\b|\/var\/cache\/zypp\b/],
  ['php', /^(?:docker-php-(?:ext-\w+|source)|pecl)$/, /\/tmp\/pear/],
];
/** Installs by name; installing the dependencies of a manifest is a different subject. */
const INSTALLERS: readonly (readonly [tool: string, subcommands: RegExp])[] = [
  ['pip', /^install$/],
  ['npm', /^(?:i|install)$/],
  ['gem', /^install$/],
  ['go', /^install$/],
  ['cargo', /^install$/],
  ['conda', /^install$/],
  ['mamba', /^install$/],
  ['corepack', /^(?:enable|prepare)$/],
  ['mix', /^local\.(?:hex|rebar)$/],
];

function isOfSystem(subject: string): boolean {
  return FAMILIES.some(([family]) => family === subject);
}

/** The subject of a whole RUN; undefined when it does several things, or something unknown. */
function subjectOf({ script }: Instruction): string | undefined {
  const subjects = new Set((script?.commands ?? []).map(subjectOfCommand));
  // Creating a user's folders is part of creating the user.
  if (subjects.has(USERS)) subjects.delete(FILES);
  const [subject, ...others] = subjects;
  return others.length === 0 ? subject : undefined;
}

function subjectOfCommand(command: ShellCommand): string | undefined {
  const { chain, itemIndex, words, redirects } = command;
  const item = chain.items[itemIndex];
  const inPipe = item?.kind === 'pipeline' ? item.commands : [command];
  for (const [family, programs, folders] of FAMILIES) {
    if (inPipe.some((one) => programs.test(one.name))) return family;
    const written = [...words, ...redirects.flatMap(({ target }) => target ?? [])];
    if (
      inPipe.length === 1
        ? written.some(({ value }) => folders.test(value))
        : inPipe.some((one) => textOf(one).some((word) => folders.test(word)))
    )
      return family;
  }
  if (inPipe.every((one) => USER_PROGRAMS.test(one.name))) return USERS;
  const isShown = inPipe.every((one) => /^(?:echo|printf)$/.test(one.name)) && redirects.length === 0;
  if (!isShown && inPipe.every((one) => FILE_PROGRAMS.test(one.name))) return FILES;
  const { tool } = toolOf(command);
  const [found, subcommands] = INSTALLERS.find(([installer]) => installer === tool) ?? [];
  const call = found === undefined ? undefined : packageCommand(command, [found]);
  if (!call || !subcommands?.test(call.subcommand?.value ?? '')) return undefined;
  const isByName =
    tool === 'mix' ||
    tool === 'corepack' ||
    (call.operands.length > 0 &&
      !call.operands.some(({ value }) => /^[./]/.test(value)) &&
      !call.has('-r', '--requirement', '-e', '--editable'));
  return isByName ? `${tool} ${call.has('-g', '--global') ? 'global' : 'by name'}` : undefined;
}

function textOf({ words, redirects }: ShellCommand): string[] {
  return [...words.map(({ value }) => value), ...redirects.map(({ target }) => target?.value ?? '')];
}

/** Subcommands that remove what earlier ones of the tool have written. */
const CLEANERS: Readonly<Record<string, RegExp>> = {
  bundle: /^clean$/,
  composer: /^(?:clear-?cache|cc)$/,
  conda: /^clean$/,
  gem: /^cleanup$/,
  go: /^clean$/,
  mamba: /^clean$/,
  npm: /^(?:cache|prune)$/,
  pip: /^cache$/,
  pnpm: /^(?:prune|store)$/,
  yarn: /^cache$/,
};
/** Folders that builds and installs write to in the working directory. */
const OUTPUT = /^(?:\.cache|\.next|bin|build|dist|node_modules|obj|out|public\/build|target|vendor)(?:\/|$)/;
const BUILDERS =
  /^(?:bundle|cargo|cmake|composer|cp|dotnet|git|go|gradlew?|make|mix|mvnw?|npm|npx|pnpm|poetry|sbt|tar|unzip|uv|yarn)$/;
/** These add files but build nothing. */
const TAKES = /^(?:cp|git|tar|unzip)$/;
/** The tools whose cache is in a folder. */
const CACHES: readonly (readonly [folder: RegExp, tools: RegExp])[] = [
  [/\/var\/(?:lib|cache)\/(?:apt|debconf|dpkg)\b/, /^(?:apt|apt-get)$/],
  [/\/var\/cache\/apk\b/, /^apk$/],
  [/\/var\/cache\/(?:dnf|yum)\b/, /^(?:dnf|microdnf|yum)$/],
  [/(?:~|\/root|\$HOME)\/\.cache\b/, /^(?:go|pip|pipenv|poetry|uv|yarn)$/],
  [/\/\.npm\b/, /^npm$/],
  [/\/\.m2\b/, /^mvnw?$/],
  [/\/\.gradle\b/, /^gradlew?$/],
  [/\/\.composer\b/, /^composer$/],
  [/\/\.cargo\b|\/cargo\/registry\b/, /^cargo$/],
  [/\/tmp\/pear\b/, /^pecl$/],
];

/** True when the later RUN removes, moves or rewrites files of the earlier one, which would then be in both layers. */
function undoes(earlier: Instruction, later: Instruction): boolean {
  const tools = toolsOf(earlier);
  return (later.script?.commands ?? []).some((command) => {
    if (command.isConditional) return false;
    const cleaned = cleanedTool(command);
    if (cleaned !== undefined) return tools.includes(cleaned) && !usesIt(later, cleaned) && !cleansIt(earlier, cleaned);
    if (SYSTEM_MANAGERS.includes(command.name)) return removesPackage(command, earlier);
    return changedPaths(command).some((path) => writes(earlier, later, path, command.name.startsWith('ch')));
  });
}

function toolsOf({ script }: Instruction): string[] {
  return (script?.commands ?? []).map((command) => toolOf(command).tool);
}

/** The tool whose cache a command empties. */
function cleanedTool(command: ShellCommand): string | undefined {
  const { tool } = toolOf(command);
  const call = CLEANERS[tool] && packageCommand(command, [tool]);
  return call && CLEANERS[tool]?.test(call.subcommand?.value ?? '') ? tool : undefined;
}

function usesIt({ script }: Instruction, tool: string): boolean {
  return (script?.commands ?? []).some(
    (command) => toolOf(command).tool === tool && cleanedTool(command) === undefined,
  );
}

function cleansIt({ script }: Instruction, tool: string): boolean {
  return (script?.commands ?? []).some((command) => cleanedTool(command) === tool);
}

function removesPackage(command: ShellCommand, earlier: Instruction): boolean {
  const call = packageCommand(command, SYSTEM_MANAGERS);
  return (
    /^(?:del|erase|purge|remove|rm)$/.test(call?.subcommand?.value ?? '') &&
    (earlier.script?.commands ?? []).some((other) => systemInstall(other)) &&
    (call?.operands.some(({ value }) => mentions(earlier, value)) ?? false)
  );
}

/** Paths that a command removes or moves, or whose owner or mode it changes recursively. */
function changedPaths({ name, words }: ShellCommand): string[] {
  const operands = words.slice(1).flatMap(({ value }) => (value.startsWith('-') ? [] : value));
  if (name === 'rm') return operands;
  if (name === 'mv') return operands.slice(0, -1);
  const isRecursive = words.some(({ value }) => /^(?:-\w*R|--recursive)/.test(value));
  return (name === 'chown' || name === 'chmod') && isRecursive ? operands.slice(1) : [];
}

function writes(run: Instruction, later: Instruction, path: string, isRewrite: boolean): boolean {
  const tools = toolsOf(run);
  const cache = CACHES.find(([folder]) => folder.test(path));
  if (cache) return tools.some((tool) => cache[1].test(tool)) && leavesCache(run, later, path, cache[1]);
  const [start = ''] = path.split(/[*?[]/, 1);
  const fixed = start.replace(/^\.\//, '').replace(/\/$/, '');
  if (tools.some((tool) => BUILDERS.test(tool))) {
    const workdir = workdirAt(run);
    const around = `${absolutePath(fixed, workdir).replace(/\/$/, '')}/`;
    if (
      (OUTPUT.test(fixed) && tools.some((tool) => BUILDERS.test(tool) && !TAKES.test(tool))) ||
      (isRewrite && `${workdir}/`.startsWith(around))
    )
      return true;
  }
  return (
    fixed.length > 1 && !isCopied(run, fixed) && mentions(run, fixed) && !tools.every((tool) => READERS.test(tool))
  );
}

/** True when the earlier RUN does not empty the cache itself, and the later one does not fill it. */
function leavesCache(run: Instruction, later: Instruction, path: string, users: RegExp): boolean {
  const isEmptied = (run.script?.commands ?? []).some((command) => changedPaths(command).includes(path));
  const isFilled = (node: Instruction): boolean =>
    (node.script?.commands ?? []).some((command) => {
      const call = packageCommand(command, ['apt-get', 'apt']);
      return call ? call.subcommand?.value === 'update' : users.test(toolOf(command).tool);
    });
  return !isEmptied && isFilled(run) && !isFilled(later);
}

/** Programs that do not write to the files in their arguments. */
const READERS = /^(?:cat|dpkg|echo|ls|test|\[)$/;

/** True for a file from a COPY: its layer keeps the file, whatever later steps do. */
function isCopied(run: Instruction, path: string): boolean {
  const name = baseName(path);
  return (run.stage?.instructions ?? []).some(
    ({ keyword, span, args }) =>
      (keyword === 'COPY' || keyword === 'ADD') &&
      span.start < run.span.start &&
      args.some(({ value }) => value === path || baseName(value) === name),
  );
}

/** Files that curl and wget save. */
function downloads({ script }: Instruction): string[] {
  return (script?.commands ?? []).flatMap(({ name, words }) => {
    if (name !== 'curl' && name !== 'wget') return [];
    const values = words.map(({ value }) => value);
    const flag = values.findIndex((value) =>
      (name === 'curl' ? /^(?:-\w*o|--output)$/ : /^(?:-O|--output-document)$/).test(value),
    );
    const target = flag < 0 ? undefined : values[flag + 1];
    if (target !== undefined) return target.length > 1 ? [target.replace(/^\.\//, '')] : [];
    const isSaved =
      name === 'wget' ||
      values.some((value) => value === '--remote-name' || (/^-\w+$/.test(value) && value.includes('O')));
    return isSaved ? values.flatMap((value) => /^https?:\/\/[^?]+\/([\w.+${}-]{4,})$/.exec(value)?.[1] ?? []) : [];
  });
}

/** The paths that the commands of a small RUN work on. */
function pathsOf({ script }: Instruction): string[] {
  return (script?.commands ?? []).flatMap(({ name, words, redirects }) =>
    [...(/^(?:echo|printf|rm)$/.test(name) ? [] : words.slice(1)), ...redirects.flatMap(({ target }) => target ?? [])]
      .map(({ value }) => value.replace(/^\.\//, '').replace(/\/$/, ''))
      .filter((value) => value.length > 1 && !/^[-+]|^[\d:]+$|[*?=]/.test(value)),
  );
}

function mentions({ bodyText }: Instruction, path: string): boolean {
  for (let at = bodyText.indexOf(path); at >= 0; at = bodyText.indexOf(path, at + 1)) {
    const before = bodyText[at - 1] ?? ' ';
    const after = bodyText[at + path.length] ?? ' ';
    if (/[\s"'=:/(]/.test(before) && /[\s"'/:;)]/.test(after)) return true;
  }
  return false;
}
