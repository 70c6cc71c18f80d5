import { packageCommand } from '../commands/packageCommand';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { ShellCommand } from '../shell/script';
import type { Span } from '../text/span';
import { absolutePath, normalPath } from './copiedFiles';
import { LOCAL_DEPENDENCY, workspaceManifests } from './workspaces';

/** A command that installs the dependencies that manifests name. */
export interface DependencyInstall {
  readonly command: ShellCommand;
  /** The RUN does nothing that may look at the sources. */
  readonly isAlone: boolean;
  isManifest(path: string): boolean;
  /**
   * What to copy for it, folders with `/` at their end; undefined where it is not certain that this is there and is
   * enough. The sources lie in a folder of the image, the install runs in another or in the same.
   */
  manifestsFor(context: BuildContext | undefined, place: Place): readonly string[] | undefined;
}

export interface Place {
  readonly sources: string;
  readonly workdir: string;
}

/** The first such command of a RUN; undefined when it has none. */
export function dependencyInstall(run: Instruction): DependencyInstall | undefined {
  if (run.keyword !== 'RUN') return undefined;
  for (const command of run.script?.commands ?? []) {
    const install = pipInstall(command) ?? nodeInstall(command) ?? otherInstall(command);
    if (!install) continue;
    const isBound = run.flags.some((flag) => flag.options.get('type') === 'bind');
    return isBound ? undefined : { ...install, command, isAlone: isAlone(run, command) };
  }
  return undefined;
}

type Install = Pick<DependencyInstall, 'isManifest' | 'manifestsFor'>;

/** Commands that look at nothing in the working directory beside the manifests. */
const HARMLESS = new Set([
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
const INSTALLERS = ['pip', 'npm', 'yarn', 'pnpm', 'go', 'bundle', 'poetry', 'pipenv', 'uv'];
const HARMLESS_SUBCOMMANDS = ['install', 'ci', 'i', 'cache', 'check', 'clean-install', 'config', 'mod', undefined];

function isAlone(run: Instruction, install?: ShellCommand): boolean {
  return (run.script?.commands ?? []).every((command) => command === install || looksAtNothing(command));
}

/** It neither reads nor writes what lies among the sources: `pip install .` does, `pip install flask` does not. */
function looksAtNothing(command: ShellCommand): boolean {
  if (command.redirects.some(({ operator, target }) => !operator.startsWith('2') && isRelative(target?.value)))
    return false;
  const call = packageCommand(command, INSTALLERS);
  const isHarmless = call
    ? HARMLESS_SUBCOMMANDS.includes(call.subcommand?.value)
    : HARMLESS.has(command.name) || isCleanup(command) || makesEnvironment(command);
  return isHarmless && !namesLocalFile(command);
}

function isRelative(path: string | undefined): boolean {
  return path !== undefined && !path.startsWith('/') && !path.startsWith('&');
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
  const isHarmless = (command: ShellCommand): boolean => command === install || looksAtNothing(command);
  const next = items.findIndex((item, index) => index > install.itemIndex && !item.commands.every(isHarmless));
  const before = items.slice(0, next);
  const operator = operators[next - 1];
  if (next < 0 || !operator || !before.every(({ commands }) => commands.every(isHarmless))) return undefined;
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
  return isAlone(node);
}

/** `pip install .`, `npm install ./package`, `apt-get install ./x.deb` read what is copied. */
function namesLocalFile(command: ShellCommand): boolean {
  const call = packageCommand(command, [...INSTALLERS, 'apt', 'apt-get', 'apk', 'dnf', 'yum', 'microdnf']);
  if (!call) return false;
  const isFile = ({ value }: { value: string }) =>
    /^[./<]|file:|\.(?:deb|rpm|whl|tgz|tar\.gz|txt|apk)$/.test(value) ||
    (call.tool === 'pip' && value.includes('/') && !value.includes(':'));
  const isProject =
    INSTALLERS.includes(call.tool) &&
    call.operands.length === 0 &&
    !/^(?:cache|config)$/.test(call.subcommand?.value ?? '');
  return (
    isProject || call.operands.some(isFile) || call.has('-r', '--requirement', '-e', '--editable', '-c', '--constraint')
  );
}

function pipInstall(command: ShellCommand): Install | undefined {
  const call = packageCommand(command, ['pip']);
  if (call?.subcommand?.value !== 'install') return undefined;
  const files = requirementFiles(command);
  if (!call.has('-r', '--requirement')) return undefined;
  // `-r <(…)` and `-r /dev/stdin` are no files of the project.
  if (files.length === 0 || files.some((file) => !/^[\w./-]+$/.test(file) || file.startsWith('/dev/')))
    return undefined;
  const isLocal =
    call.operands.length > 0 || call.has('-e', '--editable', '-f', '--find-links', '--no-index', '--extra-index-url');
  const names = files.map((file) => file.split('/').pop());
  return {
    isManifest: (path) => names.includes(path.split('/').pop()) || /^(?:\*\.txt|requirements[^*]*\*.*)$/s.test(path),
    manifestsFor(context, place) {
      const inContext = files.map((file) => fromSources(file, place));
      if (isLocal || context?.files.has('pip.conf')) return undefined;
      const [file, ...others] = inContext;
      // The install names the file, so it is in what is copied; what it pulls in itself is another matter.
      const isKnown = context?.isComplete && context.files.size > 1;
      if (!context || (!isKnown && file !== undefined && !context.files.has(file)))
        return file === undefined || others.length > 0 || file.includes('/') ? undefined : [file];
      return withNamedFiles(inContext, context);
    },
  };
}

/** The path in the build context of what an install reads; undefined where it lies beside the sources. */
function fromSources(file: string, { sources, workdir }: Place): string | undefined {
  const path = absolutePath(file, workdir);
  const folder = sources === '/' ? '/' : `${sources}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : undefined;
}

function requirementFiles(command: ShellCommand): string[] {
  const files: string[] = [];
  for (const [index, word] of command.words.entries()) {
    const joined = /^(?:-[rc]|--(?:requirement|constraint)=)(.+)$/.exec(word.value)?.[1];
    const isOption = /^(?:-[a-zA-Z]*[rc]|--requirement|--constraint)$/.test(word.value) && word.value !== '--no-deps';
    const file = isOption ? command.words[index + 1]?.value : joined;
    if (file !== undefined) files.push(file.replace(/^\.\//, ''));
  }
  return files;
}

/** With the files that they name by `-r` and `-c`; undefined when one is not known, or names a package among the sources. */
function withNamedFiles(given: readonly (string | undefined)[], context: BuildContext): string[] | undefined {
  const found = new Set<string>();
  const waiting = [...given];
  while (waiting.length > 0) {
    const file = waiting.shift();
    if (file === undefined || found.size > 20) return undefined;
    if (found.has(file)) continue;
    const text = context.read(file);
    if (text === undefined || namesLocalPackage(text)) return undefined;
    found.add(file);
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    for (const [, name = ''] of text.matchAll(/^[ \t]*(?:-[rc]|--requirement|--constraint)[ \t=]*([^\s#]+)/gm))
      waiting.push(/^(?:https?:|\/)|\.\.\//.test(name) ? undefined : normalPath(folder + name));
  }
  return [...found];
}

/** `-e .`, `./package`, `file:`, `x @ ../y`, `--find-links wheels`. */
function namesLocalPackage(requirements: string): boolean {
  return requirements
    .split(/\r?\n/)
    .some((line) => /^\s*(?:-e|--editable|--find-links|-f|\.{1,2}\/|\.$|\.\[|\/)|file:|@\s*\.{0,2}\//.test(line));
}

const NODE_INSTALLS: Readonly<
  Record<string, { readonly subcommands: readonly string[]; readonly locks: readonly string[] }>
> = {
  npm: { subcommands: ['install', 'i', 'ci', 'clean-install'], locks: ['package-lock.json', 'npm-shrinkwrap.json'] },
  yarn: { subcommands: ['install', ''], locks: ['yarn.lock'] },
  pnpm: { subcommands: ['install', 'i'], locks: ['pnpm-lock.yaml'] },
  bun: { subcommands: ['install', 'i'], locks: ['bun.lock', 'bun.lockb'] },
};

function nodeInstall(command: ShellCommand): Install | undefined {
  const call = packageCommand(command, Object.keys(NODE_INSTALLS));
  const known = call && NODE_INSTALLS[call.tool];
  if (!call || !known?.subcommands.includes(call.subcommand?.value ?? '') || call.operands.length > 0) return undefined;
  if (
    call.has(
      '-g',
      '--global',
      '--prefix',
      '-w',
      '--workspace',
      '--workspaces',
      '--cache',
      '--offline',
      '--cwd',
      '-C',
      '--dir',
      '--filter',
      '-F',
    )
  )
    return undefined;
  const isFrozen =
    call.has('--frozen-lockfile', '--immutable') ||
    /^(?:ci|clean-install)$/.test(call.subcommand?.value ?? '') ||
    call.tool === 'yarn';
  return nodeManifests(
    call.tool === 'npm' ? ['package*.json'] : ['package.json', ...known.locks],
    known.locks,
    isFrozen,
  );
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
    manifestsFor(context, { sources, workdir }) {
      if (sources !== workdir || context?.files.has('go.work')) return undefined;
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

function nodeManifests(names: readonly string[], locks: readonly string[], needsLock: boolean): Install {
  return {
    isManifest: (path) =>
      /^(?:.*\/)?package(?:\.json|\*\.json|-lock\.json|\*)$|^\*\.json$/.test(path) || locks.includes(path),
    manifestsFor(context, { sources, workdir }) {
      if (sources !== workdir) return undefined;
      if (!context?.files.has('package.json')) {
        // `npm ci` fails without its lock file, so both are in what is copied.
        return !context?.isComplete && needsLock && locks.length < 3 && !names.includes('bun.lock') ? names : undefined;
      }
      const text = context.read('package.json');
      const hasLock = locks.some((lock) => context.files.has(lock));
      const others = text === undefined || (needsLock && !hasLock) ? undefined : readBesideManifests(text, context);
      return others && [...names.filter((name) => name.includes('*') || context.files.has(name)), ...others];
    },
  };
}

/** Settings of package managers. */
const SETTINGS = ['.npmrc', '.yarnrc', '.yarnrc.yml', '.pnpmfile.cjs'];
/** Hooks of an install that read nothing of the sources, or what `reads` names. */
const HOOKS: readonly { readonly script: RegExp; readonly reads?: string }[] = [
  { script: /^(?:npx )?(?:husky(?: install)?|lefthook install|simple-git-hooks|only-allow \w+|is-ci)$/ },
  { script: /^(?:true|exit 0|echo [^$`]*)$/ },
  { script: /^(?:npx )?patch-package$/, reads: 'patches/' },
  { script: /^(?:npx )?prisma generate$/, reads: 'prisma/' },
];

/** What an install reads beside its manifests; undefined when that may be anything: local packages, scripts. */
function readBesideManifests(packageJson: string, context: BuildContext): string[] | undefined {
  let manifest: unknown;
  try {
    manifest = JSON.parse(packageJson);
  } catch {
    return undefined;
  }
  if (typeof manifest !== 'object' || manifest === null) return undefined;
  const { scripts } = manifest as { scripts?: Record<string, unknown> };
  const members = workspaceManifests(manifest, context);
  if (!members || LOCAL_DEPENDENCY.test(packageJson)) return undefined;
  const read = new Set([...SETTINGS.filter((name) => context.files.has(name)), ...members]);
  const hasFolder = (folder: string): boolean => [...context.files.keys()].some((path) => path.startsWith(folder));
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare']) {
    const script = scripts !== undefined && Object.hasOwn(scripts, hook) ? String(scripts[hook]) : undefined;
    for (const part of script?.split(/&&|\|\||;/) ?? []) {
      const known = HOOKS.find((one) => one.script.test(part.trim()));
      if (!known || (known.reads !== undefined && !hasFolder(known.reads))) return undefined;
      if (known.reads !== undefined) read.add(known.reads);
    }
  }
  // The client of Prisma is made of a schema among the sources when it is installed.
  if (/"@prisma\/client"/.test(packageJson)) {
    if (!context.files.has('prisma/schema.prisma')) return undefined;
    read.add('prisma/');
  }
  if (hasFolder('patches/')) read.add('patches/');
  if (hasFolder('.yarn/')) read.add('.yarn/');
  return [...read];
}
