import { packageCommand } from '../commands/packageCommand';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { ShellCommand } from '../shell/script';
import type { Span } from '../text/span';

/** A command that installs the dependencies that manifests name. */
export interface DependencyInstall {
  readonly command: ShellCommand;
  /** The RUN does nothing that may look at the sources. */
  readonly isAlone: boolean;
  isManifest(path: string): boolean;
  /** What to copy for it; undefined where it is not certain that this is there and is enough. */
  manifestsFor(context: BuildContext | undefined): readonly string[] | undefined;
}

/** The first such command of a RUN; undefined when it has none. */
export function dependencyInstall(run: Instruction): DependencyInstall | undefined {
  if (run.keyword !== 'RUN') return undefined;
  for (const command of run.script?.commands ?? []) {
    const install = pipInstall(command) ?? npmInstall(command) ?? yarnInstall(command) ?? otherInstall(command);
    if (!install) continue;
    const isBound = run.flags.some((flag) => flag.options.get('type') === 'bind');
    return isBound ? undefined : { ...install, command, isAlone: isAlone(run) };
  }
  return undefined;
}

type Install = Pick<DependencyInstall, 'isManifest' | 'manifestsFor'>;

/** Commands that look at nothing in the working directory beside the manifests. */
const HARMLESS = new Set([
  'apk',
  'apt',
  'apt-get',
  'corepack',
  'dnf',
  'echo',
  'export',
  'microdnf',
  'set',
  'true',
  'yum',
]);
const INSTALLERS = ['pip', 'npm', 'yarn', 'pnpm', 'go', 'bundle', 'poetry', 'pipenv', 'uv'];
const HARMLESS_SUBCOMMANDS = ['install', 'ci', 'i', 'cache', 'check', 'clean-install', 'config', 'mod', undefined];

function isAlone(run: Instruction): boolean {
  return (run.script?.commands ?? []).every(looksAtNothing);
}

function looksAtNothing(command: ShellCommand): boolean {
  const call = packageCommand(command, INSTALLERS);
  return call
    ? HARMLESS_SUBCOMMANDS.includes(call.subcommand?.value)
    : HARMLESS.has(command.name) || isCleanup(command) || makesEnvironment(command);
}

/** Where a RUN can be cut in two, so that the first does nothing but install. */
export interface Cut {
  /** The operator between the two. */
  readonly span: Span;
  /** What the first sets for its shell and the second needs as well, each with ` && ` behind it. */
  readonly settings: string;
}

/** Undefined where it cannot be cut without changing what it does. */
export function cutBehind({ text }: DockerfileModel, run: Instruction, install: ShellCommand): Cut | undefined {
  const { script } = run;
  if (!script || script.errors.length > 0 || run.form !== 'shell' || run.heredocs.length > 0) return undefined;
  const { items, operators } = script.chain;
  if (install.chain !== script.chain || operators.some((operator) => operator.text !== '&&')) return undefined;
  // `npm cache clean` right behind the install belongs to it.
  const next = items.findIndex((item, index) => index > install.itemIndex && !item.commands.every(looksAtNothing));
  const before = items.slice(0, next);
  const operator = operators[next - 1];
  if (next < 0 || !operator || !before.every(({ commands }) => commands.every(looksAtNothing))) return undefined;
  const settings = before.filter(({ commands }) => commands.some(({ name }) => name === 'export' || name === 'set'));
  return {
    span: { start: before.at(-1)?.span.end ?? operator.span.start, end: items[next]?.span.start ?? operator.span.end },
    settings: settings.map(({ span }) => `${text.slice(span.start, span.end)} && `).join(''),
  };
}

/** `python -m venv /opt/venv`. */
function makesEnvironment({ name, words }: ShellCommand): boolean {
  return (
    name === 'virtualenv' || (/^python[\d.]*$/.test(name) && words[1]?.value === '-m' && words[2]?.value === 'venv')
  );
}

/** `rm -rf /var/lib/apt/lists/*`: absolute paths are none of the sources. */
function isCleanup(command: ShellCommand): boolean {
  return (
    command.name === 'rm' && command.words.slice(1).every(({ value }) => /^(?:-|\/(?:var|root|tmp)\/)/.test(value))
  );
}

const INERT = new Set(['ARG', 'CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'LABEL', 'STOPSIGNAL']);

/** True when the instruction does the same before the sources are there: package installs by name, configuration. */
export function needsNoSources(node: Instruction): boolean {
  if (INERT.has(node.keyword)) return true;
  if (node.keyword !== 'RUN' || !node.script || node.script.errors.length > 0) return false;
  return isAlone(node) && node.script.commands.every((command) => !namesLocalFile(command));
}

/** `pip install .`, `npm install ./package`, `apt-get install ./x.deb` read what is copied. */
function namesLocalFile(command: ShellCommand): boolean {
  const call = packageCommand(command, [...INSTALLERS, 'apt', 'apt-get', 'apk', 'dnf', 'yum', 'microdnf']);
  if (!call) return false;
  const isFile = ({ value }: { value: string }) => /^\.|^file:|^\/|\.(?:deb|rpm|whl|tgz|tar\.gz|txt|apk)$/.test(value);
  const isProject = INSTALLERS.includes(call.tool) && call.operands.length === 0 && call.subcommand?.value !== 'cache';
  return isProject || call.operands.some(isFile) || call.has('-r', '--requirement', '-e', '--editable');
}

function pipInstall(command: ShellCommand): Install | undefined {
  const call = packageCommand(command, ['pip']);
  if (call?.subcommand?.value !== 'install') return undefined;
  const files = requirementFiles(command);
  const [file] = files;
  if (file === undefined || files.length > 1) return undefined;
  const isLocal =
    call.operands.length > 0 ||
    call.has('-e', '--editable', '-c', '--constraint', '-f', '--find-links', '--no-index', '--extra-index-url');
  return {
    isManifest: (path) =>
      path === file ||
      path.split('/').pop() === file.split('/').pop() ||
      /^(?:\*\.txt|requirements[^*]*\*.*)$/s.test(path),
    manifestsFor(context) {
      // The install names the file, so it is in what is copied; what it pulls in itself is another matter.
      if (isLocal || file.includes('/') || file.includes('$') || context?.files.has('pip.conf')) return undefined;
      if (!context?.files.has(file)) return context?.isComplete && context.files.size > 1 ? undefined : [file];
      const text = context.read(file);
      return text === undefined || needsOtherFiles(text) ? undefined : [file];
    },
  };
}

function requirementFiles(command: ShellCommand): string[] {
  const files: string[] = [];
  for (const [index, word] of command.words.entries()) {
    const joined = /^(?:-r|--requirement=)(.+)$/.exec(word.value)?.[1];
    const file =
      joined ?? (word.value === '-r' || word.value === '--requirement' ? command.words[index + 1]?.value : undefined);
    if (file !== undefined) files.push(file.replace(/^\.\//, ''));
  }
  return files;
}

/** `-r other.txt`, `-c x`, `-e .`, `./package`, `file:`: more than this one file. */
function needsOtherFiles(requirements: string): boolean {
  return requirements
    .split(/\r?\n/)
    .some((line) =>
      /^\s*(?:-r|-c|-e|--requirement|--constraint|--editable|--find-links|-f|\.{1,2}\/|\.$|\/)|file:|@\s*\.{0,2}\//.test(
        line,
      ),
    );
}

function npmInstall(command: ShellCommand): Install | undefined {
  const call = packageCommand(command, ['npm']);
  const subcommand = call?.subcommand?.value ?? '';
  if (!['install', 'i', 'ci', 'clean-install'].includes(subcommand)) return undefined;
  if (
    !call ||
    call.operands.length > 0 ||
    call.has('-g', '--global', '--prefix', '-w', '--workspace', '--workspaces', '--cache', '--offline')
  )
    return undefined;
  return nodeManifests(
    'package*.json',
    ['package-lock.json', 'npm-shrinkwrap.json'],
    subcommand !== 'install' && subcommand !== 'i',
  );
}

function yarnInstall(command: ShellCommand): Install | undefined {
  const call = packageCommand(command, ['yarn']);
  if (!call || (call.subcommand !== undefined && call.subcommand.value !== 'install') || call.operands.length > 0)
    return undefined;
  return nodeManifests('package.json yarn.lock', ['yarn.lock'], true);
}

interface OtherInstall {
  /** The tool and its subcommand. */
  readonly call: RegExp;
  readonly manifest: RegExp;
  /** All that it reads, where the context has them and the first holds nothing of `local`; undefined: only explained. */
  readonly files?: readonly [string, ...string[]];
  /** Names other files of the project. */
  readonly local?: RegExp;
  /** The option without which it installs the project itself. */
  readonly needs?: string;
}

const OTHERS: readonly OtherInstall[] = [
  { call: /^pnpm (?:install|i)$/, manifest: /package\.json$|pnpm-lock\.yaml$/ },
  {
    call: /^go mod download$/,
    manifest: /go\.(?:mod|sum|\*)$/,
    files: ['go.mod', 'go.sum'],
    local: /^[ \t]*replace\b|=>[ \t]*\.{0,2}\//m,
  },
  {
    call: /^bundle install$/,
    manifest: /Gemfile(?:\.lock|\*)?$/,
    files: ['Gemfile', 'Gemfile.lock'],
    local: /\bpath\b|\bgemspec\b|\beval_gemfile\b|\bruby\s+file\b|read\(/,
  },
  {
    call: /^poetry install$/,
    manifest: /pyproject\.toml$|poetry\.(?:lock|\*)$/,
    files: ['pyproject.toml', 'poetry.lock'],
    local: /\bpath\s*=/,
    needs: '--no-root',
  },
  {
    call: /^pipenv install$/,
    manifest: /Pipfile(?:\.lock|\*)?$/,
    files: ['Pipfile', 'Pipfile.lock'],
    local: /\b(?:path|editable)\s*=/,
  },
  {
    call: /^uv sync$/,
    manifest: /pyproject\.toml$|uv\.lock$/,
    files: ['pyproject.toml', 'uv.lock'],
    local: /\bpath\s*=|\bworkspace\b/,
    needs: '--no-install-project',
  },
  { call: /^composer install$/, manifest: /composer\.(?:json|lock|\*)$/ },
  { call: /^dotnet restore$/, manifest: /\.(?:cs|fs|vb)proj$|\.sln$/ },
  { call: /^mvn dependency:(?:go-offline|resolve)$/, manifest: /pom\.xml$/ },
];

function otherInstall(command: ShellCommand): Install | undefined {
  const words = command.words.map(({ value }) => value).filter((word) => !word.startsWith('-'));
  const [name = '', second = '', third = ''] = words;
  const written = `${name} ${second}${name === 'go' ? ` ${third}` : ''}`.trim();
  const found = OTHERS.find(({ call }) => call.test(written));
  if (!found || words.length > written.split(' ').length) return undefined;
  if (found.needs !== undefined && !command.words.some(({ value }) => value === found.needs)) return undefined;
  const { manifest, files, local } = found;
  return {
    isManifest: (path) => manifest.test(path),
    manifestsFor(context) {
      const present = files?.filter((file) => context?.files.has(file));
      const [first] = present ?? [];
      // A lock file may be missing where there is nothing to lock, and then it is certain that it is.
      if (!files || !context || !present || first !== files[0]) return undefined;
      // Gems that lie among the sources.
      if ([...context.files.keys()].some((path) => path.startsWith('vendor/cache/'))) return undefined;
      if (present.length < files.length && context.unlisted.includes('')) return undefined;
      const text = context.read(first);
      return text === undefined || local?.test(text) ? undefined : present;
    },
  };
}

function nodeManifests(pattern: string, locks: readonly string[], needsLock: boolean): Install {
  const names = pattern.split(' ');
  return {
    isManifest: (path) =>
      /^(?:.*\/)?package(?:\.json|\*\.json|-lock\.json|\*)$|^\*\.json$/.test(path) || locks.includes(path),
    manifestsFor(context) {
      if (!context?.files.has('package.json')) {
        // `npm ci` fails without its lock file, so both are in what is copied.
        return !context?.isComplete && needsLock ? names : undefined;
      }
      const text = context.read('package.json');
      const hasLock = locks.some((lock) => context.files.has(lock));
      if (text === undefined || (needsLock && !hasLock) || needsSources(text)) return undefined;
      return hasConfiguration(context)
        ? undefined
        : names.filter((name) => name.includes('*') || context.files.has(name));
    },
  };
}

/** Install scripts, workspaces and local packages read more than the manifests. */
function needsSources(packageJson: string): boolean {
  let manifest: unknown;
  try {
    manifest = JSON.parse(packageJson);
  } catch {
    return true;
  }
  if (typeof manifest !== 'object' || manifest === null) return true;
  const { scripts, workspaces } = manifest as { scripts?: Record<string, unknown>; workspaces?: unknown };
  const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'];
  if (workspaces !== undefined || hooks.some((hook) => scripts !== undefined && Object.hasOwn(scripts, hook)))
    return true;
  // The client of Prisma is made of a schema among the sources when it is installed.
  return /"(?:file|link|portal|workspace):|"@prisma\/client"/.test(packageJson);
}

/** Settings and patches that the install reads beside the manifests. */
function hasConfiguration(context: BuildContext): boolean {
  return ['.npmrc', '.yarnrc', '.yarnrc.yml', 'patches'].some(
    (name) => context.files.has(name) || [...context.files.keys()].some((path) => path.startsWith(`${name}/`)),
  );
}
