import { isAside } from '../../app/sources';
import type { BuildContext } from '../../engine/buildContext';
import { PYTHON_MODULES } from '../../knowledge/pythonModules';
import { phrase } from '../../l10n/phrase';
import { exposed } from '../listening';
import {
  type Lack,
  line,
  type Program,
  type ProjectFolder,
  type Starter,
  type StartLine,
  sources,
  start,
  titleOf,
} from '../starter';
import { newestRelease } from '../versions';
import { type PythonProject, type Started, startOf } from './pythonStart';

const MANIFESTS = ['requirements.txt', 'pyproject.toml', 'Pipfile', 'setup.py'];

/** A Python program: a web app of a known framework, the `web` line of a Procfile, or `main.py`. */
export const python: Starter = (folder) => {
  const { context } = folder;
  const files = pythonFiles(context);
  const manifest = MANIFESTS.find((name) => context.files.has(name));
  if (manifest === undefined && !files.some((path) => !path.includes('/'))) return [];
  const project: PythonProject = {
    context,
    files,
    needs: MANIFESTS.map((name) => context.read(name) ?? '').join('\n'),
  };
  const foreign = manifest === undefined ? importedPackage(project) : undefined;
  if (foreign !== undefined)
    return [
      {
        name: 'python',
        why: phrase('{file} imports {name}, which no requirements.txt or pyproject.toml lists', foreign),
      },
    ];
  const started = startOf(project);
  if (!started && context.files.has('mkdocs.yml')) return [];
  if (!started)
    return [
      { name: 'python', why: phrase('no FastAPI, Flask, Django or Streamlit app and no main.py says what starts') },
    ];
  return [programOf(folder, project, started)];
};

/** Packages that are pinned to older versions have wheels for it. */
const FOR_PINNED = '3.11';
const PINNED = phrase('The project names no Python version, and its pinned packages may not install on newer ones');
const LOCKS = ['uv.lock', 'poetry.lock', 'Pipfile.lock'];

function programOf(folder: ProjectFolder, project: PythonProject, started: Started): Program | Lack {
  const asked = askedVersion(project.context);
  const isPinned =
    /^[ \t]*["']?[\w.-]+(?:\[[\w,]+\])?[ \t]*(?:[=~]=|(?:>=?[ \t]*[\d.]+,[ \t]*)?<)/m.test(project.needs) ||
    LOCKS.some((file) => project.context.files.has(file));
  const newest = (requirement: string) => newestRelease(folder, 'python', requirement, (one) => one.includes('.'));
  const requirement = asked?.requirement ?? '';
  const upTo = newest(requirement);
  // A bound such as `<3.13` is what the project was tried with. Else the oldest, `3.12` of `>=3.12`, where 3.11 is too old.
  const isOlder = isPinned && !/<=?[ \t]*3/.test(requirement);
  const older = isOlder
    ? (newest(`${requirement},<=${FOR_PINNED}`) ?? newest(requirement.replace(/>=|\^/g, '==')))
    : upTo;
  const release = older ?? upTo;
  if (release === undefined)
    return { name: 'python', why: phrase('no known Python image satisfies {file}', { file: asked?.file ?? '' }) };
  const { install, runner } = installOf(project);
  return {
    name: 'python',
    title: titleOf(started.framework, `Python ${release}`),
    lines: [
      asked
        ? line(
            `FROM python:${release}`,
            release !== upTo
              ? phrase('A Python that {file} allows: pinned packages may not install on newer ones', {
                  file: asked.file,
                })
              : phrase('The newest Python that {file} allows', { file: asked.file }),
          )
        : line(`FROM python:${release}`, isPinned ? PINNED : phrase('The newest Python: the project names no version')),
      line('ENV PYTHONUNBUFFERED=1', phrase('Output reaches the logs at once, also if the program ends abruptly')),
      ...sources('/app'),
      ...install,
      ...(started.before ?? []),
      ...(started.port === undefined ? [] : [exposed(`${started.port}`)]),
      start([...runner, ...started.words], started.why),
    ],
  };
}

function pythonFiles({ files }: BuildContext): string[] {
  return [...files.keys()]
    .filter((path) => path.endsWith('.py') && !isAside(path) && !/(?:^|\/)\./.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
}

function askedVersion({ read }: BuildContext): { readonly file: string; readonly requirement: string } | undefined {
  const patterns: readonly (readonly [file: string, pattern: RegExp])[] = [
    ['.python-version', /^(?:python-)?(\d+\.\d+)/m],
    ['runtime.txt', /^python-(\d+\.\d+)/m],
    ['pyproject.toml', /^requires-python[ \t]*=[ \t]*["']([^"'\n]+)/m],
    ['pyproject.toml', /^python[ \t]*=[ \t]*["']([^"'\n]+)/m],
    ['Pipfile', /^python_version[ \t]*=[ \t]*["']([^"'\n]+)/m],
  ];
  for (const [file, pattern] of patterns) {
    const requirement = pattern.exec(read(file) ?? '')?.[1];
    if (requirement !== undefined) return { file, requirement };
  }
  return undefined;
}

const POETRY = 'RUN poetry config virtualenvs.create false && poetry install --only main --no-interaction --no-root';

/** The install, and the program that runs others in its environment. */
function installOf({ context }: PythonProject): {
  readonly install: readonly StartLine[];
  readonly runner: readonly string[];
} {
  const { files } = context;
  if (files.has('uv.lock'))
    return {
      install: [
        line('RUN pip install uv', phrase('uv installs from uv.lock')),
        line(
          'RUN uv sync --locked --no-dev',
          phrase('Exactly the versions in uv.lock, without development dependencies'),
        ),
      ],
      runner: ['uv', 'run', '--no-sync'],
    };
  if (files.has('poetry.lock'))
    return {
      install: [
        line('RUN pip install poetry', phrase('Poetry installs from poetry.lock')),
        line(POETRY, phrase('Exactly the versions in poetry.lock, without development dependencies')),
      ],
      runner: [],
    };
  if (files.has('Pipfile'))
    return {
      install: [
        line('RUN pip install pipenv', phrase('Pipenv installs from the Pipfile')),
        files.has('Pipfile.lock')
          ? line('RUN pipenv install --system --deploy', phrase('Exactly the versions in Pipfile.lock'))
          : line('RUN pipenv install --system --skip-lock', phrase('The packages of the Pipfile')),
      ],
      runner: [],
    };
  if (files.has('requirements.txt'))
    return {
      install: [line('RUN pip install -r requirements.txt', phrase('The packages of requirements.txt'))],
      runner: [],
    };
  if (/^\[project\]/m.test(context.read('pyproject.toml') ?? '') || files.has('setup.py'))
    return {
      install: [line('RUN pip install .', phrase('The project and the packages that it depends on'))],
      runner: [],
    };
  if (/^\[tool\.poetry\.dependencies\]/m.test(context.read('pyproject.toml') ?? ''))
    return {
      install: [
        line('RUN pip install poetry', phrase('Poetry reads pyproject.toml')),
        line(POETRY, phrase('The packages of pyproject.toml, without development dependencies')),
      ],
      runner: [],
    };
  return { install: [], runner: [] };
}

/** A module that is neither one of Python's nor one of the project's. */
function importedPackage({
  context,
  files,
}: PythonProject): { readonly file: string; readonly name: string } | undefined {
  const own = new Set(files.flatMap((path) => path.replace(/\.py$/, '').split('/')));
  for (const file of files)
    for (const [, name = ''] of (context.read(file) ?? '').matchAll(/^(?:import|from)[ \t]+(\w+)/gm))
      if (!own.has(name) && !PYTHON_MODULES.test(name)) return { file, name };
  return undefined;
}
