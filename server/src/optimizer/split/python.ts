import { absolutePath, copiedBy, copiesOnly, workdirAt, workdirAtEnd } from '../../app/copiedFiles';
import { isBuiltOn } from '../../app/imageUse';
import { sourcesOf } from '../../app/neededPrograms';
import { isShellScript } from '../../app/programCalls';
import type { Site } from '../../app/site';
import { startLines } from '../../app/start/startLines';
import { commandKind } from '../../commands/commandKinds';
import { packageCommand } from '../../commands/packageCommand';
import { systemInstall } from '../../commands/systemPackages';
import type { Instruction } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand, ShellItem } from '../../shell/script';
import type { TextEdit } from '../../text/edits';
import { baseName, isWithin } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import { type Guard, isGuard, refuse } from '../transform';
import type { Split } from './compose';
import { insideOf } from './dataCopies';
import { type Interpreter, type LanguageKind, splitInterpreted } from './interpreted';
import { libraryRisk } from './libraryRisk';
import { developmentEdits } from './pythonDevelopment';
import { pythonRuntime } from './pythonImage';
import { pythonLibraries } from './pythonLibraries';
import {
  bringsTool,
  copiesTool,
  isToolSetup,
  managerIn,
  managerWords,
  type ProjectManager,
  projectManager,
  runnerDoubt,
  startWithoutRunner,
  withoutToolSettings,
} from './pythonManagers';
import { writtenImage } from './runtimeImage';
import { installedPackages } from './systemNeeds';
import { unknownEffect } from './unknownEffect';

const VENV = '/opt/venv';

/** Python: everything is installed into a virtual environment, which is copied into the slim image. */
export function splitPython(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const commands = runs.flatMap((run) => run.script?.commands ?? []);
  const installs = commands.filter(isPipInstall);
  if (installs.length === 0 && !commands.some((command) => managerIn(command) !== undefined)) return undefined;
  const runtimeImage = pythonRuntime(site);
  if (runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  const guard = environmentGuard(site, commands, installs) ?? runnerDoubt(site);
  if (guard) return guard;
  const manager = projectManager(site, runs);
  if (isGuard(manager)) return manager;
  const libraries = pythonLibraries(site, installs);
  if (isGuard(libraries)) return libraries;
  const system = systemPython(site);
  if (isGuard(system)) return system;
  const environment = environmentOf(site, runs, manager);
  if (isGuard(environment)) return environment;
  const { path, isMade, setting } = environment;
  const usesUserSite = installs.some(isForUser);
  if (usesUserSite && (!isMade || manager || namesHome(site)))
    return refuse('the Dockerfile names the directory of `pip install --user`: install into a virtual environment');
  // pip itself is upgraded for what it installs next: a manager that stays outside of the environment.
  const first = runs.find((run) =>
    run.script?.commands.some((command) => fillsEnvironment(command) && !(manager && isPipItself(command))),
  );
  if (isMade && !first) return refuse('nothing is installed or built here');
  const setup = first && setupBefore(site, first);
  const workdir = workdirAtEnd(stage.instructions);
  const isCompiled = commands.some((command) => pythonKind(command) === 'build') || buildsInPlace(site, installs);
  if (isCompiled && workdir === '/') return refuse('programs are compiled in `/`, next to system files: set a WORKDIR');
  const elsewhere = runs.flatMap((run) => buildsElsewhere(run, workdir))[0];
  if (elsewhere) return unknownEffect(elsewhere);
  const onPath = isOnPath(site, path) ? [] : [`ENV PATH="${path}/bin:$PATH"`];
  const language: Interpreter = {
    language: 'Python',
    runtimeImage,
    builderComment: phrase('Build stage: install the dependencies'),
    kindOf: pythonKind,
    prelude: {
      builder: isMade
        ? [...(setup ? [setup.text] : []), ...makingOf(site, system, manager)]
        : setting === undefined
          ? []
          : [`ENV ${setting}`],
      final: onPath,
    },
    isPreludeBefore: (node) => node === first,
    startFinal: (node) => startWithoutRunner(site, node),
    artefacts: [{ path }],
    takesFirst: true,
    envInFinal: (node) => (usesUserSite ? withoutUserSite(site, node) : undefined) ?? withoutToolSettings(site, node),
    installsAsRoot: isMade && !manager && !namesHome(site),
    edits: (run) => [
      ...(isMade ? [...(run === first && setup ? [setup.edit] : []), ...environmentEdits(run, system)] : []),
      ...developmentEdits(site, run),
    ],
    // Compiled files are next to the sources.
    ...(isCompiled ? { outputs: [{ path: workdir }] } : {}),
    isForInstall: (path) => /^requirements[^/]*\.(?:txt|in)$/.test(path),
    copyInFinal: (node) => {
      if (copiesTool(node) || isOnlyManifests(site, node)) return [];
      return isCompiled ? insideOf(site, node, workdir) : undefined;
    },
    libraries: system ? [...libraries, system] : libraries,
    buildOnly: system
      ? []
      : installedPackages(stage.instructions)
          .filter((name) => OF_DEBIAN.test(name ?? ''))
          .map(String),
    readsContext: (node) => !(node.script?.commands ?? []).every(installsByName),
    isWorthIt: (left) => runtimeImage !== writtenImage(site) || left.length > 0 || bringsTool(site),
    risk: libraryRisk(site, runtimeImage),
  };
  return splitInterpreted(site, language);
}

/** Where packages are installed; `isMade`: the author's file creates no such environment, so the plan does. */
interface Environment {
  readonly path: string;
  readonly isMade: boolean;
  /** Has the tool create it there. */
  readonly setting?: string;
}

function environmentOf(
  site: Site,
  runs: readonly Instruction[],
  manager: ProjectManager | undefined,
): Environment | Guard {
  const isAlone = runs
    .flatMap((run) => run.script?.commands ?? [])
    .filter(isPipInstall)
    .every(isToolSetup);
  if (manager?.possibleFolder !== undefined && isAlone && existingEnvironment(runs) === undefined)
    return { path: manager.possibleFolder, isMade: false, setting: 'POETRY_VIRTUALENVS_IN_PROJECT=true' };
  if (manager?.folder !== undefined) {
    return isAlone
      ? { path: manager.folder, isMade: false }
      : refuse('pip installs packages in addition to {name}: declare all of them in one place', { name: manager.name });
  }
  const own = existingEnvironment(runs);
  if (own === undefined) return { path: VENV, isMade: true };
  if (isOnPath(site, own) || startTextOf(site).includes(`${own}/bin/`)) return { path: own, isMade: false };
  return refuse('a virtual environment is created but is not on the PATH: add its bin directory with ENV PATH');
}

/** True if an ENV PATH of the file names it. */
function isOnPath({ stage }: Site, path: string): boolean {
  return stage.instructions.some(
    (node) =>
      node.keyword === 'ENV' &&
      node.pairs.some(
        ({ name, valueText = '' }) =>
          name === 'PATH' &&
          valueText
            .replace(/\$\{?(\w+)\}?/g, (all, variable: string) => node.resolve(variable)?.value ?? all)
            .includes(`${path}/bin`),
      ),
  );
}

function startTextOf(site: Site): string {
  const checks = site.stage.instructions.filter(({ keyword }) => keyword === 'HEALTHCHECK');
  return [...startLines(site), ...checks.map(({ bodyText }) => bodyText)].join('\n');
}

/** Instructions that create the environment in the build stage. */
function makingOf(site: Site, system: string | undefined, manager: ProjectManager | undefined): string[] {
  const { stage } = site;
  const tag = stage.base.kind === 'image' ? (stage.base.image.tag ?? '') : '';
  const [, minor = '', patch] = /^3\.(\d+)(\.\d+)?/.exec(tag) ?? [];
  // The pip in these versions is too old for current wheels.
  const isOld = !system && minor !== '' && (Number(minor) <= 6 || (Number(minor) <= 9 && patch !== undefined));
  const packages = installedPackages(stage.instructions).filter((name) => name !== undefined);
  const mixes =
    system !== undefined &&
    packages.some((name) =>
      // LibreOffice brings its module `uno`.
      /^python3-(?!pip$|dev$|venv$|setuptools$|wheel$|full$|distutils$|virtualenv$|minimal$)|^(?:libreoffice(?:-script-provider-python)?|unoconv)$/.test(
        name,
      ),
    );
  const commands = stage.instructions.flatMap(({ script }) => script?.commands ?? []);
  const usesUv = commands.some(({ name }) => name === 'uv');
  const variables = [
    ...(manager || usesUv ? [`VIRTUAL_ENV=${VENV}`] : []),
    `PATH="${VENV}/bin:$PATH"`,
    ...(setsVariable(site, 'UV_SYSTEM_PYTHON') ? ['UV_SYSTEM_PYTHON=0'] : []),
    ...(manager?.name === 'uv' ? [`UV_PROJECT_ENVIRONMENT=${VENV}`] : []),
  ];
  const venv = `${system ?? 'python'} -m venv ${mixes ? '--system-site-packages ' : ''}${VENV}`;
  return [
    isOld ? `RUN ${venv} \\\n    && ${VENV}/bin/pip install --no-cache-dir --upgrade pip` : `RUN ${venv}`,
    `ENV ${variables.join(' ')}`,
  ];
}

function setsVariable({ stage }: Site, variable: string): boolean {
  return stage.instructions.some((node) => node.pairs.some(({ name }) => name === variable));
}

/**
 * The distribution's Python that runs; undefined on the official Python images; a guard if there is none or more than
 * one.
 */
function systemPython(site: Site): string | Guard | undefined {
  const repository = repositoryOf(site);
  if (repository === 'alpine')
    return refuse("the package directory of Alpine's own Python is unknown: use a python:*-alpine image");
  const tag = site.stage.base.kind === 'image' ? (site.stage.base.image.tag ?? '') : '';
  if (/^2(?:\.|$|-)/.test(tag) && repository === 'python')
    return refuse('Python 2 has no venv: switch to Python 3 first');
  if (!/^(?:debian|ubuntu)$/.test(repository)) return undefined;
  const packages = installedPackages(site.stage.instructions);
  if (packages.some((name) => /^python(?:2[\d.]*)?(?:-pip|-dev|-minimal)?$/.test(name ?? '')))
    return refuse('Python 2 has no venv: switch to Python 3 first');
  const embedding = packages.find((name) => EMBEDS_PYTHON.test(name ?? ''));
  if (embedding !== undefined)
    return refuse(
      '{name} runs with the Python of the distribution, not in a virtual environment: install it with pip',
      {
        name: embedding,
      },
    );
  return packages.find((name) => /^python3\.\d+$/.test(name ?? '')) ?? 'python3';
}

/** Servers of the distribution that load the program into its own Python. */
const EMBEDS_PYTHON =
  /^(?:uwsgi(?:-plugin-python3?|-core)?|libapache2-mod-wsgi(?:-py3)?|(?:python3-)?(?:gunicorn3?|uvicorn|celery)|waitress|hypercorn)$/;

function repositoryOf({ stage }: Site): string {
  return stage.base.kind === 'image' ? baseName(stage.base.image.repository) : '';
}

/** `pip install`, `uv pip install`, `pip-sync`. */
function isPipInstall(command: ShellCommand): boolean {
  if (command.name === 'pip-sync') return true;
  if (command.name === 'uv')
    return command.words[1]?.value === 'pip' && /^(?:install|sync)$/.test(command.words[2]?.value ?? '');
  return packageCommand(command, ['pip'])?.subcommand?.value === 'install';
}

export function isForUser(command: ShellCommand): boolean {
  return packageCommand(command, ['pip'])?.has('--user') ?? false;
}

function withoutUserOption({ words }: ShellCommand): TextEdit[] {
  return words
    .filter(({ value }) => value === '--user')
    .map(({ span }) => ({ span: { start: span.start - 1, end: span.end }, newText: '' }));
}

/** `/root/.local/bin`, where `pip install --user` puts programs. */
export const USER_BIN = /^(?:\/root|\/home\/[\w.-]+|~|\$\{?HOME\}?)\/\.local(?:\/bin)?$/;

/** True if more than the PATH names a directory in a home. */
function namesHome(site: Site): boolean {
  const { instructions } = site.stage;
  const isPath = (node: Instruction) => node.keyword === 'ENV' && node.pairs.every(({ name }) => name === 'PATH');
  return [...instructions.filter((node) => !isPath(node)).map(({ bodyText }) => bodyText), ...startLines(site)].some(
    (text) => /\.local\b|PYTHONUSERBASE|(?:^|[\s=:"'])~|\$\{?HOME\b/.test(text),
  );
}

/** A PATH without these directories: [] if nothing is left; undefined if it has none. */
function withoutUserSite({ dockerfile }: Site, node: Instruction): readonly string[] | undefined {
  const [pair] = node.pairs;
  if (node.keyword !== 'ENV' || node.pairs.length !== 1 || pair?.name !== 'PATH' || !pair.valueSpan) return undefined;
  const parts = (pair.value ?? '').split(':');
  const kept = parts.filter((part) => !USER_BIN.test(part));
  if (kept.length === parts.length) return undefined;
  if (kept.every((part) => /^\$\{?PATH\}?$/.test(part))) return [];
  return [
    dockerfile.text.slice(node.span.start, pair.valueSpan.start) +
      `"${kept.join(':')}"` +
      dockerfile.text.slice(pair.valueSpan.end, node.span.end),
  ];
}

/** Debian packages of Python that the image's own Python does not use. */
const OF_DEBIAN = /^(?:python3(?:-(?:brotli|cffi|distutils|full|lib2to3|minimal|pkg-resources))?|python-is-python3)$/;

/** `pip install fastapi` and system setup around it, which read no file of the build context. */
function installsByName(command: ShellCommand): boolean {
  const pip = packageCommand(command, ['pip', 'uv']);
  if (pip && isPipInstall(command))
    return (
      !pip.has('-r', '--requirement', '-c', '--constraint', '-e', '--editable', '-f', '--find-links') &&
      pip.operands.every(({ value }) => /^[A-Za-z][\w.-]*(?:\[[\w,.-]*\])?(?:[=<>~!].*)?$/.test(value))
    );
  return isToolSetup(command) || ['packages', 'cleanup', 'shell'].includes(commandKind(command) ?? '');
}

/** Installs dependencies of the program, not just a tool that installs. */
function fillsEnvironment(command: ShellCommand): boolean {
  return !isToolSetup(command) && (isPipInstall(command) || managerIn(command) !== undefined || isSetupScript(command));
}

/** `python setup.py install`. */
function isSetupScript({ name, words }: ShellCommand): boolean {
  return (
    /^python[\d.]*$/.test(name) && words[1]?.value === 'setup.py' && /^(?:install|develop)$/.test(words[2]?.value ?? '')
  );
}

const COMPILES = /^(?:make|ninja|meson|cmake|gcc|cc|g\+\+|cython|cythonize|cffi)$/;
const CHECKS = /^(?:pytest|tox|nox|flake8|ruff|black|mypy|pylint|isort|bandit|coverage)$/;
const CONDA = /^(?:conda|mamba|micromamba)$/;

function pythonKind(command: ShellCommand): LanguageKind | Guard | undefined {
  const { name, words } = command;
  if (isToolSetup(command) || managerIn(command) || isPipInstall(command)) {
    const pip = packageCommand(command, ['pip', 'uv']);
    return pip?.has('--target', '-t', '--prefix', '--root')
      ? refuse('a pip option such as --target changes the install location')
      : 'install';
  }
  if (packageCommand(command, ['pip'])) return 'install';
  if (CHECKS.test(name)) return 'check';
  const [tool, ...others] = managerWords(words) ?? [];
  if (/^python[\d.]*$/.test(name) && !tool) return kindOfPython(command);
  if (name === 'virtualenv' || name === 'pip-compile' || /\/activate$/.test(words[1]?.value ?? '')) return 'install';
  if (tool && command.name === 'uv' && others[0]?.value === 'venv') return 'install';
  // `EXTERNALLY-MANAGED` only prevents pip installs outside of an environment.
  if (/^(?:rm|mv)$/.test(name) && words.some(({ value }) => value.endsWith('EXTERNALLY-MANAGED'))) return 'install';
  if (COMPILES.test(name)) return 'build';
  if (tool && others[0]?.value === 'run')
    return words.some(({ value }) => CHECKS.test(value)) ? 'check' : others[1]?.value === 'pip' ? 'install' : 'stay';
  if (CONDA.test(name))
    return refuse(
      '`{name}` keeps Python and its libraries together; they run only on the image they were installed in',
      {
        name,
      },
    );
  if (tool || /^(?:pipx|easy_install|hatch)$/.test(name))
    return refuse('`{name}` keeps its packages outside site-packages', { name: tool ? baseName(tool.value) : name });
  if (name === 'spacy' && words[1]?.value === 'download') return 'install';
  return /^(?:flask|django-admin|manage\.py|alembic|gunicorn|uvicorn|celery|nltk|playwright|mkdocs|sphinx-build|pelican)$/.test(
    name,
  )
    ? 'stay'
    : undefined;
}

function kindOfPython({ words }: ShellCommand): LanguageKind | Guard {
  const at = words.findIndex(({ value }) => value === '-m');
  const module = at < 0 ? '' : (words[at + 1]?.value ?? '');
  if (/^(?:venv|virtualenv)$/.test(module)) return 'install';
  if (/^(?:pytest|unittest|mypy|flake8|ruff)$/.test(module)) return 'check';
  if (module === 'spacy' && words[at + 2]?.value === 'download') return 'install';
  if (module === 'ensurepip') return refuse('`ensurepip` installs a second pip');
  // Lists the dependencies for pip.
  if (words[1]?.value === '-c' && words[2]?.value.startsWith('import tomllib;')) return 'install';
  if (words[1]?.value !== 'setup.py') return 'stay';
  return /^(?:build|build_ext|build_py)$/.test(words[2]?.value ?? '') ? 'build' : 'install';
}

/** Programs that pip installs next to Python, and Python itself. */
const BY_PATH = anyOf(
  /\/usr\/(?:local\/)?bin\/(?:python|pip|gunicorn|uvicorn|hypercorn|celery|flask|django-admin|alembic|streamlit)/,
  /(?:site|dist)-packages\b|\/usr\/local\/lib\/python/,
);

/** Such calls in a RUN are written without the directory, see `environmentEdits`. */
const CALLS_BY_PATH = /(^|[;&|]\s*)\/usr\/local\/bin\/(?=(?:python|pip)[\d.]*\s)/g;

/** Why the program may call Python, or find its packages, in another way than through the PATH. */
function environmentGuard(
  site: Site,
  commands: readonly ShellCommand[],
  installs: readonly ShellCommand[],
): Guard | undefined {
  const { stage } = site;
  const bodies = stage.instructions.map(({ keyword, bodyText }) =>
    keyword === 'RUN' ? bodyText.replace(CALLS_BY_PATH, '$1') : bodyText,
  );
  const text = [...bodies, ...startLines(site)].join('\n');
  const [path] = BY_PATH.exec(text) ?? [];
  if (path !== undefined)
    return /lib\/python|-packages/.test(path)
      ? refuse("the Dockerfile uses the path of Python's package directory")
      : refuse('{path} is an absolute path: use only the name, which works wherever it is installed', { path });
  if (/\bPYTHONHOME\b|\bPIP_TARGET\b|\bPIP_PREFIX\b|\bPIP_USER\b/.test(text))
    return refuse('a variable sets the install location of packages');
  if (/(?:^|[\s"'/])cron(?:tab)?(?:$|[\s"',])/m.test(text) || commands.some(({ name }) => name === 'crontab'))
    return refuse('cron starts programs without the PATH of the image');
  if (
    stage.instructions.some(
      (node) =>
        node.keyword === 'ENV' &&
        node.pairs.some(({ name, valueText }) => name === 'PATH' && !/\$\{?PATH/.test(valueText ?? '')),
    )
  )
    return refuse('PATH is replaced instead of extended: keep $PATH in it');
  const wrapper = installs.find(({ wrappers }) => wrappers.length > 0 && wrappers[0]?.value !== 'env')?.wrappers[0];
  if (wrapper) return refuse('`{name}` calls pip: call pip directly', { name: wrapper.value });
  if (isBuiltOn(site)) return refuse('nothing is started, so other images may be built from this one');
  return sourceGuard(site);
}

/** A source that is used and calls Python, or a program that pip installs, by a path outside of the environment. */
function sourceGuard(site: Site): Guard | undefined {
  const runs = site.stage.instructions.filter(({ keyword }) => /^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(keyword));
  const started = [
    ...runs.flatMap((node) => [
      ...(node.script?.commands.map(({ words }) => words[0]?.value ?? '') ?? []),
      ...(node.form === 'exec' ? [node.args[0]?.value ?? ''] : []),
    ]),
    ...startLines(site).flatMap((line) => line.split(/\s+/)),
  ];
  const sources = sourcesOf(site) ?? [];
  const texts = [...site.stage.instructions.map(({ bodyText }) => bodyText), ...startLines(site)];
  const isNamed = (path: string) => {
    const name = baseName(path);
    const mention = name.includes('.') ? name : `/${name}`;
    return [...texts, ...sources.filter((one) => one.path !== path).map(({ text }) => text)].some((text) =>
      text.includes(mention),
    );
  };
  for (const { path, text } of sources) {
    const [first = ''] = text.split('\n', 1);
    const isShebang = first.startsWith('#!');
    const isStarted = started.some((word) => word.includes('/') && baseName(word) === baseName(path));
    const named = BY_PATH.exec(isShebang && !isStarted ? text.slice(first.length) : text)?.[0];
    if (named !== undefined && /\.(?:py|sh|bash|conf|ini)$|(?:^|\/)[^./]+$/.test(path) && isNamed(path))
      return refuse('{path} calls {program} by its path: use only the name', { path, program: named });
  }
  return undefined;
}

/** Compilers that may write outside of the directory that the final stage takes: there, or where `make install` does. */
function buildsElsewhere(run: Instruction, workdir: string): ShellCommand[] {
  let folder = workdirAt(run);
  return (run.script?.commands ?? []).filter((command) => {
    const words = command.words.slice(1).map(({ value }) => value);
    if (command.name === 'cd') folder = absolutePath(/^[^$~-]/.test(words[0] ?? '') ? (words[0] ?? '') : '/', folder);
    if (!COMPILES.test(command.name)) return false;
    const written = words.filter((_, index) => /^(?:-o|-B|-C)$/.test(words[index - 1] ?? ''));
    return (
      words.some((word) => /^(?:--)?install\b/.test(word)) ||
      [folder, ...written.map((path) => absolutePath(path, folder))].some((path) => !isWithin(path, workdir))
    );
  });
}

/** An editable install with native code compiles it in the source directory. */
function buildsInPlace({ context }: Site, installs: readonly ShellCommand[]): boolean {
  const isEditable = installs.some((command) => packageCommand(command, ['pip'])?.has('-e', '--editable'));
  return isEditable && [...context.files.keys()].some((path) => /\.(?:pyx|c|cc|cpp|rs)$/.test(path));
}

/** The directory of the only virtual environment that the file creates itself. */
function existingEnvironment(runs: readonly Instruction[]): string | undefined {
  for (const run of runs)
    for (const { name, words } of run.script?.commands ?? []) {
      const module = words.findIndex(({ value }) => value === '-m');
      const isVenv =
        name === 'virtualenv' ||
        (name === 'uv' && words[1]?.value === 'venv') ||
        (module > 0 && /^(?:venv|virtualenv)$/.test(words[module + 1]?.value ?? ''));
      if (!isVenv) continue;
      const last = words.at(-1);
      const isNamed = last !== undefined && !/^(?:venv|virtualenv|-.*)$/.test(last.value);
      const path = isNamed ? (run.expand(last.value) ?? '') : name === 'uv' ? '.venv' : (last?.value ?? '');
      if (path !== '') return absolutePath(path, workdirAt(run));
    }
  return undefined;
}

/** The part of a RUN that installs tools before it fills the environment: the tools stay outside of it. */
function setupBefore(
  { dockerfile }: Site,
  run: Instruction,
): { readonly text: string; readonly edit: TextEdit } | undefined {
  const { script } = run;
  if (!script || run.form !== 'shell' || run.heredocs.length > 0) return undefined;
  const { items, operators } = script.chain;
  const isSetup = ({ commands }: ShellItem) =>
    commands.every((command) => isToolSetup(command) || isPipItself(command) || isHarmless(command));
  const count = items.findIndex((item) => !isSetup(item));
  const [first] = items;
  const [last, next] = [items[count - 1], items[count]];
  if (!first || !last || !next || operators.some(({ text }) => text !== '&&')) return undefined;
  if (!items.slice(0, count).some(({ commands }) => commands.some(isToolSetup))) return undefined;
  const head = dockerfile.text.slice(run.span.start, first.span.start);
  return {
    text: head + dockerfile.text.slice(first.span.start, last.span.end),
    edit: { span: { start: first.span.start, end: next.span.start }, newText: '' },
  };
}

/** `pip install --upgrade pip`. */
function isPipItself(command: ShellCommand): boolean {
  const pip = packageCommand(command, ['pip']);
  return (
    pip?.subcommand?.value === 'install' &&
    pip.operands.length > 0 &&
    pip.operands.every(({ value }) => /^(?:pip|setuptools|wheel)(?:[=<>~!].*)?$/.test(value))
  );
}

function isHarmless(command: ShellCommand): boolean {
  const kind = commandKind(command);
  return kind === 'packages' || (kind === 'cleanup' && command.words.every(({ value }) => !value.includes('*.')));
}

/** The tools have to use the environment, and Debian's Python needs a separate package to create one. */
function environmentEdits(run: Instruction, system: string | undefined): TextEdit[] {
  return (run.script?.commands ?? []).flatMap((command) => {
    const [called] = command.words;
    if (called && /^\/usr\/local\/bin\/(?:python|pip)[\d.]*$/.test(called.text))
      return [{ span: called.span, newText: command.name }];
    const [tool] = managerWords(command.words) ?? [];
    // The environment's Python does not have the tool as a module.
    if (called && tool && tool !== called)
      return [{ span: { start: called.span.start, end: tool.span.start }, newText: '' }];
    if (command.name === 'uv')
      return command.words
        .filter(({ value }) => value === '--system' || value === '--break-system-packages')
        .map(({ span }) => ({ span: { start: span.start - 1, end: span.end }, newText: '' }));
    if (isForUser(command)) return withoutUserOption(command);
    const packages = system === undefined ? [] : (systemInstall(command)?.operands ?? []);
    const pip = packages.find(({ value }) => value === 'python3-pip' || value === system);
    return pip && !packages.some(({ value }) => value === `${system}-venv` || value === 'python3-full')
      ? [{ span: pip.span, newText: `${pip.text} ${system}-venv` }]
      : [];
  });
}

/** Dependency lists: nothing reads them after the install. */
const MANIFEST =
  /^(?:requirements[\w.-]*\.txt|constraints[\w.-]*\.txt|pyproject\.toml|Pipfile|Pipfile\.lock|(?:poetry|uv|pdm)\.lock)$/;
/** Programs that look for their settings in pyproject.toml. */
const READS_PROJECT = /\b(?:fastapi|alembic|pytest|celery|prefect|dagster|kedro|semantic-release)\b/;

/** True for a COPY of dependency lists that only installs read and nothing else names. */
function isOnlyManifests(site: Site, node: Instruction): boolean {
  if (!copiesOnly(node, site.context, (path) => MANIFEST.test(baseName(path)))) return false;
  const names = [...(copiedBy(node, site.context)?.keys() ?? [])].map(baseName);
  const last = site.stage.instructions.findLast(({ script }) => script?.commands.some(fillsEnvironment));
  if (!last || last.span.start < node.span.start) return false;
  const later = site.stage.instructions.filter(({ span }) => span.start > last.span.start);
  const sources = sourcesOf(site) ?? [];
  // Importing a program from Python does not read its project file.
  const started = [
    startTextOf(site),
    ...later.map(({ bodyText }) => bodyText),
    ...sources.filter(isShellScript).map(({ text }) => text),
  ];
  const texts = [...started, ...sources.map(({ text }) => text)];
  return (
    !started.some((text) => READS_PROJECT.test(text)) &&
    !texts.some((text) => names.some((name) => text.includes(name)))
  );
}
