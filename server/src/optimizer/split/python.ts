import { sourcesOf } from '../../app/neededPrograms';
import type { Site } from '../../app/site';
import { packageCommand } from '../../commands/packageCommand';
import { startWords } from '../../commands/startProgram';
import type { Instruction } from '../../dockerfile/model';
import { runtimeLibraries } from '../../knowledge/runtimeLibraries';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';
import { type Guard, isGuard, refuse } from '../transform';
import { workdirAtEnd } from './compiled';
import { editedSource, type Split } from './compose';
import { insideOf } from './dataCopies';
import { type Interpreter, type LanguageKind, splitInterpreted } from './interpreted';
import { linkedLibraries } from './native';
import { runtimeImageOf, writtenImage } from './runtimeImage';

const VENV = '/opt/venv';

/** Headers that a package is compiled against when there is no wheel for it: their libraries are needed to run it. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  cairocffi: ['libcairo2-dev'],
  confluentkafka: ['librdkafka-dev'],
  cairosvg: ['libcairo2-dev'],
  gssapi: ['libkrb5-dev'],
  mysqlclient: ['libmariadb-dev'],
  psycopg: ['libpq-dev'],
  psycopg2: ['libpq-dev'],
  pycairo: ['libcairo2-dev'],
  pycurl: ['libcurl4-openssl-dev', 'libssl-dev'],
  opencvcontribpython: ['libglib2.0-dev'],
  opencvpython: ['libglib2.0-dev'],
  opencvpythonheadless: ['libglib2.0-dev'],
  pymssql: ['freetds-dev'],
  pyodbc: ['unixodbc-dev'],
  pythonldap: ['libldap-dev', 'libsasl2-dev'],
  pythonmagic: ['libmagic-dev'],
  filemagic: ['libmagic-dev'],
  wand: ['libmagickwand-dev'],
  weasyprint: ['libpango1.0-dev'],
  xmlsec: ['libxmlsec1-dev', 'libxml2-dev'],
};
/** They are linked against what the build image happens to have. */
const UNKNOWN_LIBRARIES = new Set([
  'uwsgi',
  'gdal',
  'python-snappy',
  'pygraphviz',
  'dlib',
  'mod-wsgi',
  'pyaudio',
  'pylibmc',
  'opencv-contrib-python-source',
]);

/** Python with pip: everything goes into a virtual environment, which is copied into the slim image. */
export function splitPython(site: Site): Split | Guard | undefined {
  const { stage } = site;
  const runs = stage.instructions.filter(({ keyword }) => keyword === 'RUN');
  const commands = runs.flatMap((run) => run.script?.commands ?? []);
  const project = commands.map(projectManager).find((manager) => manager !== undefined);
  const installs = commands.filter((command) => isPipInstall(command));
  if (installs.length === 0 && !project) return undefined;
  const runtimeImage = runtimeImageOf(site);
  if (runtimeImage === undefined) return refuse('no smaller image of the same distribution is known');
  const guard = guardOf(site, commands, installs);
  if (guard) return guard;
  const libraries = nativeLibraries(site, installs);
  if (isGuard(libraries)) return libraries;
  const isSystemPython = site.facts.distro !== undefined && /^(?:debian|ubuntu)$/.test(repositoryOf(site));
  const python = isSystemPython ? 'python3' : 'python';
  if (repositoryOf(site) === 'alpine') return refuse('where Alpine keeps the packages of Python is not known');
  if (project && isSystemPython)
    return refuse('where {name} of the distribution keeps its packages is not known', { name: project.name });
  const doubt = project && managerDoubt(site, project);
  if (doubt) return doubt;
  const own = project?.folder ?? existingEnvironment(commands);
  const workdir = workdirAtEnd(stage.instructions);
  const path = project?.folder ? `${workdir === '/' ? '' : workdir}/${project.folder}` : (own ?? VENV);
  if (
    own !== undefined &&
    !project &&
    !/\bPATH=/.test(
      stage.instructions
        .filter(({ keyword }) => keyword === 'ENV')
        .map((node) => node.args.map(({ text }) => text).join(' '))
        .join(' '),
    )
  )
    return refuse('a virtual environment is made and not put on the PATH');
  const isCompiled = commands.some((command) => pythonKind(command) === 'build') || buildsInPlace(site, installs);
  if (isCompiled && workdir === '/') return refuse('programs are compiled among the files of the system');
  const environment =
    project && !project.folder ? `ENV VIRTUAL_ENV=${VENV} PATH="${VENV}/bin:$PATH"` : `ENV PATH="${path}/bin:$PATH"`;
  const language: Interpreter = {
    language: 'Python',
    runtimeImage,
    builderComment: 'Dependencies are installed here, with compilers and headers at hand',
    kindOf: (command) => (project && isManagerSetup(command, project) ? 'install' : pythonKind(command)),
    ...(project
      ? {
          prelude: preludeOf(project, environment),
          isPreludeBefore: (node: Instruction) =>
            node.script?.commands.some((command) => projectManager(command)) ?? false,
          startFinal: (node) => withoutRunner(site, node, project),
        }
      : {}),
    ...(own === undefined && !project
      ? {
          prelude: {
            // Without a pip of its own it is smaller, and the image's pip keeps its settings and certificates.
            builder: [`RUN ${python} -m venv --without-pip --system-site-packages ${VENV}`, environment],
            final: [environment],
          },
        }
      : {}),
    artefacts: [{ path }],
    // What is compiled lies among the sources.
    ...(isCompiled ? { outputs: [{ path: workdir }], copyInFinal: (node) => insideOf(site, node, workdir) } : {}),
    libraries: isSystemPython ? [...libraries, 'python3'] : libraries,
    ...(own === undefined && !project ? { rewrite: (_, run) => callsPipOf(site, run, python) } : {}),
    isWorthIt: (left) => runtimeImage !== writtenImage(site) || left.length > 0,
    risk: phrase('A package that is linked against a library that only the full image has would not load.'),
  };
  return splitInterpreted(site, language);
}

function repositoryOf({ stage }: Site): string {
  return stage.base.kind === 'image' ? stage.base.image.repository : '';
}

function isPipInstall(command: ShellCommand): boolean {
  return packageCommand(command, ['pip'])?.subcommand?.value === 'install';
}

function pythonKind(command: ShellCommand): LanguageKind | Guard | undefined {
  const { name, words } = command;
  const pip = packageCommand(command, ['pip']);
  if (pip) {
    if (pip.has('--user', '--target', '-t', '--prefix', '--root'))
      return refuse('pip installs into a folder of its own');
    return /^(?:install|uninstall)$/.test(pip.subcommand?.value ?? '') ? 'install' : 'stay';
  }
  if (/^(?:pytest|tox|nox|flake8|ruff|black|mypy|pylint|isort|bandit)$/.test(name)) return 'check';
  if (/^python[\d.]*$/.test(name)) {
    const module = words[words.findIndex(({ value }) => value === '-m') + 1]?.value ?? '';
    if (/^(?:venv|virtualenv)$/.test(module)) return 'install';
    if (/^(?:pytest|unittest|mypy|flake8|ruff)$/.test(module)) return 'check';
    if (words[1]?.value === 'setup.py')
      return /^(?:build|build_ext|build_py)$/.test(words[2]?.value ?? '') ? 'build' : 'install';
    if (module === 'ensurepip') return refuse('`ensurepip` installs beside pip');
    return 'stay';
  }
  if (name === 'virtualenv') return 'install';
  if (/^(?:make|gcc|cc|g\+\+|cython|cythonize|cffi)$/.test(name)) return 'build';
  if (projectManager(command)) return 'install';
  if (/^(?:poetry|pipenv|uv|conda|mamba|micromamba|pipx|easy_install|pdm|hatch)$/.test(name))
    return refuse('`{name}` keeps its packages in places of its own', { name });
  return /^(?:flask|django-admin|manage\.py|alembic|gunicorn|uvicorn|celery|spacy|nltk|playwright)$/.test(name)
    ? 'stay'
    : undefined;
}

function guardOf(site: Site, commands: readonly ShellCommand[], installs: readonly ShellCommand[]): Guard | undefined {
  const { stage, dockerfile } = site;
  const text = dockerfile.text.slice(stage.from.span.start, stage.instructions.at(-1)?.span.end);
  if (
    /site-packages|dist-packages|\/usr\/local\/(?:bin|lib)\/python|\/usr\/local\/bin\/(?:gunicorn|uvicorn|flask|celery|python)|\/usr\/bin\/python/.test(
      text,
    )
  )
    return refuse('the file names the folder that Python keeps its packages in');
  if (/\bPYTHONHOME\b|\bPIP_TARGET\b|\bPIP_PREFIX\b|\bPIP_USER\b/.test(text))
    return refuse('the environment sets where packages go');
  if (commands.some(({ name }) => name === 'cron' || name === 'crontab'))
    return refuse('cron starts programs without the PATH of the image');
  if (
    stage.instructions.some(
      (node) =>
        node.keyword === 'ENV' &&
        node.pairs.some(({ name, valueText }) => name === 'PATH' && !/\$\{?PATH/.test(valueText ?? '')),
    )
  )
    return refuse('PATH is set anew');
  if (installs.some((command) => command.wrappers.length > 0 && command.wrappers[0]?.value !== 'env'))
    return refuse('pip is called through another program');
  const sources = sourcesOf(site);
  if (
    sources?.some((file) =>
      /\/usr\/(?:local\/)?bin\/python|\/usr\/local\/bin\/|\/usr\/local\/lib\/python/.test(file.text),
    )
  )
    return refuse("a source names the image's own Python");
  if (!startWords(stage) && !stage.instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT'))
    return refuse('nothing is started: the image may be made to build on');
  return undefined;
}

/** A tool that installs what a project file names. */
interface ProjectManager {
  readonly name: 'poetry' | 'pipenv' | 'uv';
  /** The environment that it makes beside the project; undefined: it takes the one that is active. */
  readonly folder?: string;
}

/** `poetry install`, `pipenv install --system`, `uv sync`: calls that leave an environment which can be copied. */
function projectManager({ name, words }: ShellCommand): ProjectManager | undefined {
  const subcommand = words.find(({ value }, index) => index > 0 && !value.startsWith('-'))?.value;
  if (name === 'poetry' && (subcommand === 'install' || subcommand === 'sync')) return { name };
  if (name === 'pipenv' && (subcommand === 'install' || subcommand === 'sync')) return { name };
  return name === 'uv' && subcommand === 'sync' ? { name, folder: '.venv' } : undefined;
}

/** Its settings, and pip that installs the tool itself, which stays behind. */
function isManagerSetup(command: ShellCommand, { name }: ProjectManager): boolean {
  const pip = packageCommand(command, ['pip']);
  if (pip)
    return (
      pip.subcommand?.value === 'install' &&
      pip.operands.every(({ value }) => new RegExp(`^(?:${name}|pip|setuptools|wheel)(?:[=<>~!@[].*)?$`).test(value))
    );
  return (
    command.name === name && /^(?:config|lock|cache|--version|self|export|check)$/.test(command.words[1]?.value ?? '')
  );
}

/** Why the environment may be elsewhere. */
function managerDoubt({ dockerfile, stage, context }: Site, { name }: ProjectManager): Guard | undefined {
  const text = dockerfile.text.slice(stage.from.span.start, stage.instructions.at(-1)?.span.end);
  if (
    /\bVIRTUAL_ENV\b|\bUV_PROJECT_ENVIRONMENT\b|\bUV_PYTHON|\bWORKON_HOME\b|virtualenvs\.path|POETRY_VIRTUALENVS_PATH/.test(
      text,
    )
  )
    return refuse('the file says itself where {name} puts its environment', { name });
  if (name !== 'uv' && /virtualenvs\.in-project|VIRTUALENVS_IN_PROJECT|PIPENV_VENV_IN_PROJECT/.test(text))
    return refuse('{name} makes its environment beside the project', { name });
  if (context.files.has('.python-version') || context.files.has('poetry.toml'))
    return refuse('a file beside the Dockerfile sets up the environment of {name}', { name });
  const starts = stage.instructions.filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT').map(wordsOf);
  const isStrange = starts.some(
    ([first, second, ...others]) =>
      first?.value === name &&
      (second?.value !== 'run' || others.find(({ value }) => !RUN_OPTIONS.includes(value))?.value.startsWith('-')),
  );
  if (isStrange) return refuse('what `{name}` starts is not known', { name });
  const installs = stage.instructions
    .flatMap(({ script }) => script?.commands ?? [])
    .filter((command) => isPipInstall(command));
  return installs.every((command) => isManagerSetup(command, { name }))
    ? undefined
    : refuse('pip installs beside {name}', { name });
}

/** Its own packages are none of the program's: the environment sees nothing of the image's. */
function preludeOf(
  { folder }: ProjectManager,
  environment: string,
): { builder: readonly string[]; final: readonly string[] } {
  return folder
    ? { builder: [], final: [environment] }
    : { builder: [`RUN python -m venv ${VENV}`, environment], final: [environment] };
}

/** Options of `uv run` that say nothing about the program. */
const RUN_OPTIONS = ['--no-sync', '--frozen', '--locked', '--no-dev'];

/** `poetry run python app.py` is `python app.py` once the environment is on the PATH. */
function withoutRunner({ dockerfile }: Site, node: Instruction, { name }: ProjectManager): string | undefined {
  const [first, second, ...others] = wordsOf(node);
  const program = others.find(({ value }) => !RUN_OPTIONS.includes(value));
  if (first?.value !== name || second?.value !== 'run' || !program) return undefined;
  const python = node.form === 'exec' ? '"python", ' : 'python ';
  const span = { start: first.span.start, end: program.span.start };
  return editedSource(dockerfile, node, [{ span, newText: program.value.endsWith('.py') ? python : '' }]);
}

function wordsOf(node: Instruction): readonly Word[] {
  return node.form === 'exec' ? node.args : (node.script?.commands[0]?.words ?? []);
}

/** An editable install compiles what it is made of where the sources lie. */
function buildsInPlace({ context }: Site, installs: readonly ShellCommand[]): boolean {
  const isEditable = installs.some((command) => packageCommand(command, ['pip'])?.has('-e', '--editable'));
  return isEditable && [...context.files.keys()].some((path) => /\.(?:pyx|c|cc|cpp|rs)$/.test(path));
}

/** The folder of the one virtual environment that the file makes itself. */
function existingEnvironment(commands: readonly ShellCommand[]): string | undefined {
  for (const { name, words } of commands) {
    const module = words.findIndex(({ value }) => value === '-m');
    if (name === 'virtualenv' || words[module + 1]?.value === 'venv') {
      const path = words.at(-1);
      return path?.value.startsWith('/') && path.isStatic ? path.value : undefined;
    }
  }
  return undefined;
}

/** Library packages behind the dependencies; a guard where they are not known. */
function nativeLibraries(site: Site, installs: readonly ShellCommand[]): string[] | Guard {
  const names = new Set<string>();
  for (const command of installs) {
    for (const word of packageCommand(command, ['pip'])?.operands ?? []) names.add(word.value);
    for (const { value } of command.words)
      if (/\.(?:txt|in)$/.test(value)) for (const line of requirementsIn(site, value, 0)) names.add(line);
  }
  for (const path of site.context.files.keys()) {
    if (/(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/.test(path))
      for (const [, name = ''] of (site.context.read(path) ?? '').matchAll(
        /["']([A-Za-z][\w.-]*)(?:\[[^\]\n"']*\])?[ \t]*(?:[=<>~!;].*?)?["']/g,
      ))
        names.add(name);
  }
  const linked = linkedLibraries(setupFlags(site), site.facts.distroRelease);
  if (isGuard(linked)) return linked;
  if (linked.length > 0 && site.facts.distro === 'alpine')
    return refuse('the libraries of Alpine that the extensions are linked against are not known');
  const libraries = new Set<string>(linked);
  for (const written of names) {
    const name = written.replace(/[[=<>~!;@ ].*$/s, '').toLowerCase();
    if (UNKNOWN_LIBRARIES.has(name))
      return refuse('the libraries that {name} is linked against are not known', { name });
    const key = name.replace(/[-_.]/g, '');
    const headers = Object.hasOwn(NATIVE, key) ? NATIVE[key] : undefined;
    // What is compiled on Alpine is compiled with headers that the file installs: the image has none.
    if (!headers || site.facts.distro === 'alpine') continue;
    if (site.facts.distro !== 'debian' && site.facts.distro !== 'ubuntu')
      return refuse('the libraries of {name} are not known for this distribution', { name });
    for (const header of headers) {
      const found = runtimeLibraries(header, site.facts.distroRelease);
      if (!found) return refuse('the runtime libraries behind {name} are not known', { name: header });
      for (const library of found) libraries.add(library);
    }
  }
  return [...libraries];
}

/** Libraries that the project's own extensions name, as a linker is given them. */
function setupFlags({ context }: Site): string {
  const texts = ['setup.py', 'pyproject.toml', 'setup.cfg', 'Makefile'].map((path) => context.read(path) ?? '');
  return texts
    .flatMap((text) => [
      ...[...text.matchAll(/\blibraries\s*=\s*\[([^[\]]*)\]/g)].flatMap(([, list = '']) =>
        [...list.matchAll(/["']([\w.+-]+)["']/g)].map(([, name = '']) => `-l${name}`),
      ),
      ...(text.match(/(?:^|\s)-l[\w.+-]+/g) ?? []),
    ])
    .join(' ');
}

function requirementsIn(site: Site, file: string, depth: number): string[] {
  const name = file.split('/').pop() ?? '';
  const text = site.context.read(file.replace(/^\.?\//, '')) ?? site.context.read(name) ?? '';
  return text.split(/\r?\n/).flatMap((line) => {
    const other = /^\s*(?:-r|--requirement)\s+(\S+)/.exec(line)?.[1];
    if (other !== undefined) return depth < 3 ? requirementsIn(site, other, depth + 1) : [];
    return /^\s*[A-Za-z]/.test(line) ? [line.trim()] : [];
  });
}

/** `pip` becomes `python -m pip`: the pip of the Python that is first on the PATH, the environment's. */
function callsPipOf({ dockerfile }: Site, run: Instruction, python: string): string {
  const edits = (run.script?.commands ?? []).flatMap(({ words }) => {
    const [word] = words;
    return word && /^pip[\d.]*$/.test(word.value) ? [{ span: word.span, newText: `${python} -m pip` }] : [];
  });
  return editedSource(dockerfile, run, edits);
}
