import { packageCommand } from '../commands/packageCommand';
import { installsNothing } from '../commands/packageLists';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import type { ShellCommand } from '../shell/script';
import { wordList } from '../text/wordList';
import { folderOf } from './commandFolder';
import { contextFileAt } from './contextFileAt';
import { absolutePath, normalPath } from './copiedFiles';

/** What one command installs into Python. */
interface PythonPackages {
  /** By name, in lower case with dashes, what follows it: `[standard]==0.30`. */
  readonly named: ReadonlyMap<string, string>;
  /** They include the packages that these need in turn. */
  readonly isClosed: boolean;
}

/** True where no RUN may install the package, nor a package that needs it. */
export function lacksPythonPackage(name: string, dockerfile: DockerfileModel, context: BuildContext): boolean {
  const lists = installedLists(dockerfile, context) ?? [];
  return (
    lists.length > 0 &&
    lists.every(
      ({ named, isClosed }) =>
        !named.has(name) && (isClosed || [...named].every(([one, rest]) => isLeaf(one, rest) && !one.includes(name))),
    )
  );
}

/** What each command installs; undefined where one may install others. */
function installedLists(dockerfile: DockerfileModel, context: BuildContext): PythonPackages[] | undefined {
  const lists: PythonPackages[] = [];
  for (const run of dockerfile.instructions.filter(({ keyword }) => keyword === 'RUN'))
    for (const command of run.script?.commands ?? [undefined]) {
      if (command && (installsNothing(command) || IS_ASIDE.test(command.name))) continue;
      const installed = command && installedBy(command, run, dockerfile, context);
      if (!installed) return undefined;
      lists.push(installed);
    }
  return lists;
}

/** Programs that install nothing into Python. */
const IS_ASIDE = wordList`
  adduser addgroup chgrp corepack dos2unix npm npx yarn pnpm node playwright git tar unzip gunzip update-ca-certificates
  locale-gen sync virtualenv
`;

const LOCKS: Readonly<Record<string, { readonly verbs: RegExp; readonly lock: string }>> = {
  poetry: { verbs: /^(?:install|sync)$/, lock: 'poetry.lock' },
  uv: { verbs: /^sync$/, lock: 'uv.lock' },
  pdm: { verbs: /^(?:install|sync)$/, lock: 'pdm.lock' },
  pipenv: { verbs: /^(?:install|sync)$/, lock: 'Pipfile.lock' },
};
const NONE: PythonPackages = { named: new Map(), isClosed: true };

function installedBy(
  command: ShellCommand,
  run: Instruction,
  dockerfile: DockerfileModel,
  context: BuildContext,
): PythonPackages | undefined {
  const call = packageCommand(command, ['pip', ...Object.keys(LOCKS)]);
  if (!call) return runsOwnModule(command) ? NONE : undefined;
  const folder = folderOf(run, command);
  if (folder === undefined || !run.stage) return undefined;
  const text = (name: string): string | undefined => {
    const path =
      run.stage && contextFileAt(absolutePath(name, folder), run.stage, run.span.end, CHANGES, { dockerfile, context });
    return path === undefined ? undefined : textWithIncludes(path, context);
  };
  const verb = call.subcommand?.value ?? '';
  const known = LOCKS[call.tool];
  if (known?.verbs.test(verb) && call.operands.length === 0) {
    const lock = text(known.lock);
    const manifest = text(call.tool === 'pipenv' ? 'Pipfile' : 'pyproject.toml') ?? '';
    return lock === undefined ? undefined : { named: lockedNames(lock, manifest), isClosed: true };
  }
  if (known && !(call.tool === 'uv' && verb === 'pip'))
    return /^(?:config|venv|cache|python|self)$/.test(verb) ? NONE : undefined;
  const [action, ...rest] =
    call.tool === 'uv' ? call.operands.map(({ value }) => value) : [verb, ...call.operands.map(({ value }) => value)];
  if (/^(?:cache|check|config|list|freeze|uninstall)$/.test(action ?? '')) return NONE;
  if (action !== 'install' || call.has('-e', '--editable', '-t', '--target')) return undefined;
  const files = filesNamed(command);
  const texts = files.map(text);
  if (texts.includes(undefined) || (files.length === 0 && rest.length === 0)) return undefined;
  const lines = [...rest.filter((word) => !files.includes(word)), ...texts.join('\n').split(/\r?\n/)];
  return packagesIn(lines);
}

/** `python manage.py …` and `python -m compileall` install nothing. */
function runsOwnModule({ name, words }: ShellCommand): boolean {
  const [, first = '', second = ''] = words.map(({ value }) => value);
  if (!/^python[\d.]*$/.test(name)) return false;
  return /(?:^|\/)manage\.py$/.test(first) || (first === '-m' && /^(?:compileall|venv|nltk\.downloader)$/.test(second));
}

/** Libraries and tools that have neither a server nor a task queue among their dependencies without extras. */
const LEAVES = wordList`
  aiofiles aiohttp aiosqlite alembic amqp anyio asgiref asyncpg azure-[\w-]+ bcrypt beautifulsoup4 billiard black blinker
  boto3 botocore certifi cffi chardet charset-normalizer click colorama cryptography cython dj-database-url django
  djangorestframework drf-[\w-]+ email-validator environs eventlet faker feedparser flake8 flask
  flask-(?:admin|babel|bcrypt|caching|cors|jwt-extended|limiter|login|mail|marshmallow|migrate|pymongo|restful|restx|session|socketio|sqlalchemy|wtf)
  gevent google-[\w-]+ greenlet h11 httptools httpx idna ipython isort itsdangerous jinja2 joblib jsonschema kombu loguru lxml
  markdown markupsafe marshmallow matplotlib motor mypy mysqlclient nltk numpy openai opencv-python(?:-headless)? openpyxl
  orjson packaging pandas passlib pdm peewee pillow pip pipenv poetry pre-commit psutil psycopg psycopg2 psycopg2-binary pydantic pydantic-core
  pydantic-settings pyjwt pylint pymongo pymysql pyodbc pytest[\w-]* python-(?:dateutil|decouple|dotenv|http-client|jose|multipart)
  pytz pyyaml redis regex requests rich ruff scikit-learn scipy seaborn selenium sentry-sdk setuptools simplejson six sqlalchemy
  sqlmodel sqlparse starlette stripe structlog tiktoken toml torch torchvision tqdm twilio typer typing-extensions tzdata ujson
  urllib3 uv vine werkzeug wheel whitenoise wtforms xgboost
`;

function isLeaf(name: string, rest: string): boolean {
  return (
    LEAVES.test(name) &&
    (!rest.startsWith('[') || /^\[(?:binary|bcrypt|cryptography|crypto|email|asyncio)\]/.test(rest))
  );
}

/** What may write one of the files. */
const CHANGES = /\b(?:sed|freeze|pip-compile|compile|export|lock|cp|mv|curl|wget|git)\b/;

function filesNamed({ words }: ShellCommand): string[] {
  return words.flatMap(({ value }, index) => {
    const joined = /^(?:-r|--requirement=)(.+)$/.exec(value)?.[1];
    return joined ?? (/^(?:-\w?r|--requirement)$/.test(value) ? (words[index + 1]?.value ?? []) : []);
  });
}

/** The text of a requirements file with those of the files that it includes; undefined where one is not there. */
function textWithIncludes(path: string, context: BuildContext, depth = 0): string | undefined {
  const text = context.read(path);
  if (text === undefined || depth > 5 || !/\.(?:txt|in|pip)$/.test(path)) return text;
  const included = [...text.matchAll(/^[ \t]*(?:-r|--requirement)[ \t=]*([\w./-]{1,200})/gm)].map(([, name = '']) =>
    textWithIncludes(normalPath(`${path}/../${name}`), context, depth + 1),
  );
  return included.includes(undefined) ? undefined : [text, ...included].join('\n');
}

/** Undefined where a line names a package by something other than its name. */
function packagesIn(lines: readonly string[]): PythonPackages | undefined {
  const named = new Map<string, string>();
  let isPinned = true;
  for (const line of lines) {
    const text = (line.split(/(?:^|\s)#/, 1)[0] ?? '').trim();
    if (
      text === '' ||
      /^(?:-[ric]\b|--(?:requirement|constraint|index-url|extra-index-url|hash|no-binary)|\\$)/.test(text)
    )
      continue;
    const [, name, rest = ''] =
      /^([A-Za-z\d][\w.-]{0,100}) {0,4}((?:\[[^\]\n]{0,100}\])? {0,4}(?:[=<>~!;\\][^\n]{0,500})?)$/.exec(text) ?? [];
    if (name === undefined) return undefined;
    named.set(pythonName(name), rest);
    isPinned &&= rest.includes('==');
  }
  return { named, isClosed: isPinned && isFrozen(named) };
}

function pythonName(name: string): string {
  return name.toLowerCase().replace(/[_.]/g, '-');
}

/** What these packages need: their names in a list show that `pip freeze` wrote it. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  flask: ['werkzeug', 'jinja2', 'markupsafe', 'itsdangerous', 'click'],
  django: ['asgiref', 'sqlparse'],
  fastapi: ['starlette', 'pydantic', 'typing-extensions', 'anyio'],
  requests: ['urllib3', 'idna', 'certifi'],
};

function isFrozen(named: ReadonlyMap<string, string>): boolean {
  const present = Object.keys(NEEDS).filter((name) => named.has(name));
  return present.length > 0 && present.every((name) => NEEDS[name]?.every((one) => named.has(one)));
}

/** The packages of a lock file, and all words of the manifest: a lock file may be older. */
function lockedNames(lock: string, manifest: string): Map<string, string> {
  const names = [...lock.matchAll(/^name = "([\w.-]{1,100})"|^ {8}"([\w.-]{1,100})": \{/gm)];
  const words = manifest.match(/[\w.-]{1,100}/g) ?? [];
  return new Map(
    [...names.map(([, toml, json]) => toml ?? json ?? ''), ...words].map((name) => [pythonName(name), '']),
  );
}
