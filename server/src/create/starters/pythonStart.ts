import type { BuildContext } from '../../engine/buildContext';
import { type Phrase, phrase } from '../../l10n/phrase';
import { line, type StartLine } from '../starter';

export interface PythonProject {
  readonly context: BuildContext;
  readonly files: readonly string[];
  /** The texts of all manifests. */
  readonly needs: string;
}

export interface Started {
  readonly framework: string;
  readonly words: readonly string[];
  readonly why: Phrase;
  readonly port?: number;
  /** Between the install and the start. */
  readonly before?: readonly StartLine[];
}

/** What starts; the surest first. */
export function startOf(project: PythonProject): Started | undefined {
  return (
    procfile(project) ??
    django(project) ??
    fastApi(project) ??
    flask(project) ??
    streamlit(project) ??
    entryPoint(project) ??
    main(project)
  );
}

function procfile({ context }: PythonProject): Started | undefined {
  // `$PORT` and the like need a shell and a host that sets them.
  const [, command] = /^web:([^\n$&|;<>"'\\]+)$/m.exec(context.read('Procfile') ?? '') ?? [];
  return command === undefined
    ? undefined
    : {
        framework: '',
        ...reachable(command.trim().split(/\s+/)),
        why: phrase('The `web` line of the Procfile'),
      };
}

/** Gunicorn and Uvicorn listen on 127.0.0.1 unless they are told otherwise: no other container reaches that. */
function reachable(words: readonly string[]): Pick<Started, 'words' | 'port'> {
  const [program, ...others] = words;
  if (program === 'gunicorn' && !/ (?:-b|--bind|-c|--config)\b/.test(words.join(' ')))
    return { words: [program, '--bind', '0.0.0.0:8000', ...others], port: 8000 };
  if (program === 'uvicorn' && !/ --(?:host|port|uds|fd)\b/.test(words.join(' ')))
    return { words: [program, '--host', '0.0.0.0', ...others], port: 8000 };
  return { words };
}

function django({ context, files, needs }: PythonProject): Started | undefined {
  const wsgi = files.find((path) => /^(?:[\w-]+\/){0,3}wsgi\.py$/.test(path));
  if (!context.files.has('manage.py') || wsgi === undefined) return undefined;
  const settings = files.filter((path) => /settings(?:\/\w+)?\.py$/.test(path)).map((path) => context.read(path) ?? '');
  const needsEnvironment = settings.some((text) =>
    /environ\[|\b(?:env|config)(?:\.\w+)?\(\s*["']\w+["']\s*\)/.test(text),
  );
  const hasStatic = settings.some((text) => /^[ \t]*STATIC_ROOT\b/m.test(text));
  const hasGunicorn = has(needs, 'gunicorn');
  return {
    framework: 'Django',
    port: 8000,
    before:
      hasStatic && !needsEnvironment
        ? [
            line(
              'RUN python manage.py collectstatic --noinput',
              phrase('Collects the static files into STATIC_ROOT of the settings'),
            ),
          ]
        : [],
    words: hasGunicorn
      ? ['gunicorn', '--bind', '0.0.0.0:8000', moduleOf(wsgi)]
      : ['python', 'manage.py', 'runserver', '0.0.0.0:8000'],
    why: hasGunicorn
      ? phrase('Gunicorn, among the dependencies, serves {file}', { file: wsgi })
      : phrase("Django's own server is for development only: add gunicorn to the dependencies"),
  };
}

function fastApi(project: PythonProject): Started | undefined {
  const app = appIn(project, /^(\w+)(?:[ \t]*:[ \t]*[\w.]+)?[ \t]*=[ \t]*(?:fastapi\.)?FastAPI\(/m);
  if (!app) return undefined;
  const isSource = app.path.startsWith('src/');
  const target = `${moduleOf(isSource ? app.path.slice('src/'.length) : app.path)}:${app.name}`;
  return {
    framework: 'FastAPI',
    port: 8000,
    words: ['uvicorn', ...(isSource ? ['--app-dir', 'src'] : []), target, '--host', '0.0.0.0', '--port', '8000'],
    why: /\buvicorn\b|fastapi\[/i.test(project.needs)
      ? phrase('{file} creates the FastAPI app, which Uvicorn serves', { file: app.path })
      : phrase('{file} creates the FastAPI app; add uvicorn, which serves it, to the dependencies', {
          file: app.path,
        }),
  };
}

function flask(project: PythonProject): Started | undefined {
  const app = appIn(project, /^(\w+)(?:[ \t]*:[ \t]*[\w.]+)?[ \t]*=[ \t]*(?:flask\.)?Flask\(/m);
  const factory = app
    ? undefined
    : appIn(project, /^def (create_app|make_app)\((?:\w+[^),\n]{0,80}=[^)\n]{0,200})?\)/m);
  const found = app ?? (has(project.needs, 'flask') ? factory : undefined);
  if (!found) return undefined;
  const module = moduleOf(found.path);
  const hasGunicorn = has(project.needs, 'gunicorn');
  return {
    framework: 'Flask',
    port: hasGunicorn ? 8000 : 5000,
    words: hasGunicorn
      ? ['gunicorn', '--bind', '0.0.0.0:8000', `${module}:${found.name}${app ? '' : '()'}`]
      : ['flask', '--app', app ? `${module}:${found.name}` : module, 'run', '--host', '0.0.0.0'],
    why: hasGunicorn
      ? phrase('Gunicorn, among the dependencies, serves {file}', { file: found.path })
      : phrase("Flask's own server is for development only: add gunicorn to the dependencies"),
  };
}

function streamlit({ context, files, needs }: PythonProject): Started | undefined {
  if (!has(needs, 'streamlit')) return undefined;
  const path = files.find(
    (one) => !one.includes('/pages/') && /^(?:import|from) streamlit\b/m.test(context.read(one) ?? ''),
  );
  return path === undefined
    ? undefined
    : {
        framework: 'Streamlit',
        port: 8501,
        words: ['streamlit', 'run', path, '--server.address=0.0.0.0', '--server.headless=true'],
        why: phrase('{file} is the Streamlit app', { file: path }),
      };
}

/** The only script of `[project.scripts]`, which an install of the project creates. */
function entryPoint({ context: { files, read } }: PythonProject): Started | undefined {
  const text = read('pyproject.toml') ?? '';
  const [, table = ''] = /^\[project\.scripts\][ \t\r]*\n([^[]*)/m.exec(text) ?? [];
  const [script, ...others] = [...table.matchAll(/^["']?([\w.-]+)["']?[ \t]*=[ \t]*["']/gm)].map(
    ([, name = '']) => name,
  );
  // Other installs leave the project itself out.
  const isInstalled = !['poetry.lock', 'Pipfile', 'requirements.txt'].some((file) => files.has(file));
  return script === undefined || others.length > 0 || !isInstalled
    ? undefined
    : { framework: '', words: [script], why: phrase('The script of `[project.scripts]` in pyproject.toml') };
}

/** `main.py`, the only program at the top of the folder, or the only package with a `__main__`. */
function main({ context, files }: PythonProject): Started | undefined {
  const top = files.filter((path) => !path.includes('/') && !['setup.py', 'manage.py'].includes(path));
  const runnable = top.filter((path) => /^if __name__\s*==/m.test(context.read(path) ?? ''));
  const path =
    ['main.py', 'app.py', 'server.py', 'run.py', '__main__.py'].find((name) => top.includes(name)) ??
    (runnable.length === 1 ? runnable[0] : undefined);
  if (path !== undefined)
    return { framework: '', words: ['python', path], why: phrase('{file} is the program', { file: path }) };
  const [whole, ...others] = files.filter((one) => /^[^/]+\/__main__\.py$/.test(one));
  return whole === undefined || others.length > 0
    ? undefined
    : {
        framework: '',
        words: ['python', '-m', moduleOf(whole.replace('/__main__', ''))],
        why: phrase('{file} is the program', { file: whole }),
      };
}

/** A module that is neither one of Python's nor one of the project's. */
/** The file nearest to the top that defines an app. */
function appIn(
  { context, files }: PythonProject,
  pattern: RegExp,
): { readonly path: string; readonly name: string } | undefined {
  for (const path of files) {
    const name = pattern.exec(context.read(path) ?? '')?.[1];
    if (name !== undefined) return { path, name };
  }
  return undefined;
}

function moduleOf(path: string): string {
  return path.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
}

function has(needs: string, name: string): boolean {
  return new RegExp(`^[ \\t]*(?:["']?)${name}\\b|["']${name}\\b`, 'im').test(needs);
}
