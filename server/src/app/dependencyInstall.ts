import { packageCommand } from '../commands/packageCommand';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import { readOptions } from '../shell/options';
import type { ShellCommand, ShellItem } from '../shell/script';
import { isWithin } from '../text/paths';
import type { Span } from '../text/span';
import { absolutePath, workdirAt } from './copiedFiles';
import { lockedInstall } from './lockedInstall';
import type { ManifestInstall } from './manifestInstall';
import { nodeInstall } from './nodeInstall';
import { pipInstall } from './pipInstall';

/** A command that installs the dependencies in manifests. */
export interface DependencyInstall extends ManifestInstall {
  readonly command: ShellCommand;
  /** No other command of the RUN can read the sources. */
  readonly isAlone: boolean;
}

/** The first such command of a RUN; undefined when there is none, or when the RUN has mounts. */
export function dependencyInstall(run: Instruction): DependencyInstall | undefined {
  return hasMounts(run) ? undefined : firstInstall(run);
}

/**
 * True when a RUN gets its manifests from a mount, without COPY: `RUN --mount=type=bind,source=uv.lock,target=uv.lock
 * uv sync`.
 */
export function installsFromMount(run: Instruction): boolean {
  return hasMounts(run) && firstInstall(run) !== undefined;
}

function hasMounts({ flags }: Instruction): boolean {
  return flags.some((flag) => flag.options.get('type') === 'bind');
}

function firstInstall(run: Instruction): DependencyInstall | undefined {
  if (run.keyword !== 'RUN') return undefined;
  for (const command of run.script?.commands ?? []) {
    const install = manifestInstall(command);
    if (install) return { ...install, command, isAlone: isAlone(run, command) };
  }
  return undefined;
}

/** `pip install -r requirements.txt`, `npm ci`, `bundle install`. */
export function manifestInstall(command: ShellCommand): ManifestInstall | undefined {
  return pipInstall(command) ?? nodeInstall(command) ?? lockedInstall(command);
}

/** `pip install flask`, `gem install bundler`. */
export function installsByName(command: ShellCommand): boolean {
  return packageCommand(command, ['pip', 'gem'])?.subcommand?.value === 'install';
}

/** Commands that read nothing in the working directory except manifests. */
const HARMLESS = new Set([
  'a2dismod',
  'a2enmod',
  'addgroup',
  'adduser',
  'apk',
  'apt',
  'apt-get',
  'corepack',
  'dnf',
  'docker-php-ext-configure',
  'docker-php-ext-enable',
  'docker-php-ext-install',
  'echo',
  'export',
  'groupadd',
  'install-php-extensions',
  'microdnf',
  'set',
  'true',
  'useradd',
  'yum',
]);
const INSTALLERS = ['pip', 'npm', 'yarn', 'pnpm', 'go', 'bundle', 'gem', 'poetry', 'pipenv', 'pdm', 'uv'];
const HARMLESS_SUBCOMMANDS = [
  'install',
  'ci',
  'i',
  'cache',
  'check',
  'clean-install',
  'config',
  'global',
  'mod',
  'pip',
  'venv',
  undefined,
];

function isAlone(run: Instruction, install?: ShellCommand): boolean {
  return (run.script?.commands ?? []).every((command) => command === install || looksAtNothing(command));
}

/**
 * True when a command neither reads nor writes files among the sources: false for `pip install .`, true for `pip
 * install flask`.
 */
export function looksAtNothing(command: ShellCommand): boolean {
  if (command.redirects.some(({ operator, target }) => !operator.startsWith('2') && isRelative(target?.value)))
    return false;
  const call = packageCommand(command, INSTALLERS);
  const isHarmless = call
    ? HARMLESS_SUBCOMMANDS.includes(call.subcommand?.value) && !readsImports(command)
    : HARMLESS.has(command.name) || isCleanup(command) || makesEnvironment(command);
  return isHarmless && !namesLocalFile(command);
}

/** `go mod tidy` removes every module that no source imports; `go mod vendor` copies only those that one does. */
function readsImports({ name, words }: ShellCommand): boolean {
  return name === 'go' && words[1]?.value === 'mod' && /^(?:tidy|vendor|why)$/.test(words[2]?.value ?? '');
}

function isRelative(path: string | undefined): boolean {
  return path !== undefined && !path.startsWith('/') && !path.startsWith('&');
}

/** Where to split a RUN in two so that the first part only installs. */
export interface Cut {
  /** The operator between the two parts. */
  readonly span: Span;
  /** Commands to append to the first part. */
  readonly ending: string;
  /** Shell settings of the first part that the second part needs as well, each followed by ` && `. */
  readonly settings: string;
}

/** The split after an install; undefined where it would change the behavior. */
export function cutBehind({ text }: DockerfileModel, run: Instruction, install: ShellCommand): Cut | undefined {
  const { script } = run;
  if (!script || script.errors.length > 0 || run.form !== 'shell' || run.heredocs.length > 0) return undefined;
  const { items, operators } = script.chain;
  if (install.chain !== script.chain || operators.some((operator) => operator.text !== '&&')) return undefined;
  // `npm cache clean` directly after the install belongs to it.
  const isHarmless = (command: ShellCommand): boolean => command === install || looksAtNothing(command);
  const next = items.findIndex((item, index) => index > install.itemIndex && !item.commands.every(isHarmless));
  const before = items.slice(0, next);
  const operator = operators[next - 1];
  if (next < 0 || !operator || !before.every(({ commands }) => commands.every(isHarmless))) return undefined;
  // In a layer of its own, `chown -R` would store the installed packages a second time.
  if (items.slice(next).some(({ commands }) => commands.some((command) => changesAll(command, workdirAt(run)))))
    return undefined;
  return {
    span: { start: before.at(-1)?.span.end ?? operator.span.start, end: items[next]?.span.start ?? operator.span.end },
    ending: '',
    settings: settingsOf(text, before),
  };
}

/** `chown -R app .`: changes everything in a folder. */
function changesAll(command: ShellCommand, folder: string): boolean {
  const { operands, has } = readOptions(command);
  return (
    /^ch(?:own|mod|grp)$/.test(command.name) &&
    has('-R', '--recursive') &&
    operands.slice(1).some(({ value }) => isWithin(folder, absolutePath(value, folder)))
  );
}

/**
 * The split before an install: the commands above it and `ending` form the first part; the install starts the second
 * part.
 */
export function cutBefore({ text }: DockerfileModel, command: ShellCommand, ending: string): Cut {
  const { start } = command.span;
  return {
    span: { start, end: start },
    ending,
    settings: settingsOf(text, command.chain.items.slice(0, command.itemIndex)),
  };
}

function settingsOf(text: string, items: readonly ShellItem[]): string {
  return items
    .filter(({ commands }) => commands.some(({ name }) => name === 'export' || name === 'set'))
    .map(({ span }) => `${text.slice(span.start, span.end)} && `)
    .join('');
}

/** `python -m venv /opt/venv`. */
function makesEnvironment({ name, words }: ShellCommand): boolean {
  return (
    name === 'virtualenv' || (/^python[\d.]*$/.test(name) && words[1]?.value === '-m' && words[2]?.value === 'venv')
  );
}

/** `rm -rf /var/lib/apt/lists/*`: absolute paths are not sources. */
function isCleanup(command: ShellCommand): boolean {
  return (
    command.name === 'rm' && command.words.slice(1).every(({ value }) => /^(?:-|\/(?:var|root|tmp)\/)/.test(value))
  );
}

const INERT = new Set(['ARG', 'CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'STOPSIGNAL']);

/** True when the instruction does the same before the sources are copied: package installs by name, configuration. */
export function needsNoSources(node: Instruction): boolean {
  if (INERT.has(node.keyword)) return true;
  if (node.keyword !== 'RUN' || !node.script || node.script.errors.length > 0) return false;
  return isAlone(node);
}

/** `pip install .`, `npm install ./package`, `apt-get install ./x.deb` read copied files. */
function namesLocalFile(command: ShellCommand): boolean {
  const call = packageCommand(command, [...INSTALLERS, 'apt', 'apt-get', 'apk', 'dnf', 'yum', 'microdnf']);
  if (!call) return false;
  const isFile = ({ value }: { value: string }) =>
    /^[./<]|file:|\.(?:deb|rpm|whl|tgz|tar\.gz|txt|apk|gem)$/.test(value) ||
    (call.tool === 'pip' && value.includes('/') && !value.includes(':'));
  const isProject =
    INSTALLERS.includes(call.tool) &&
    call.operands.length === 0 &&
    !/^(?:cache|config|venv)$/.test(call.subcommand?.value ?? '');
  return (
    isProject || call.operands.some(isFile) || call.has('-r', '--requirement', '-e', '--editable', '-c', '--constraint')
  );
}
