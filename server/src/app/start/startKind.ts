import { startsInteractiveShell } from '../../commands/interactiveShell';
import type { Instruction } from '../../dockerfile/model';
import { packageNeeds } from '../../knowledge/packageNeeds';
import { parseText } from '../../shell/parse';
import { countWrapperWords } from '../../shell/wrappers';
import { baseName } from '../../text/paths';
import { wordList } from '../../text/wordList';
import { absolutePath, workdirAt } from '../copiedFiles';
import { dependenciesOf } from '../dependencies';
import { readPackageJson } from '../packageJson';
import { settingsCommands } from '../programCalls';
import type { Site } from '../site';

/** Who calls programs in a running container, as far as its start command shows. */
export type StartKind =
  /** The program; its sources and dependencies show what it calls. */
  | { readonly kind: 'known' }
  /** A person works in the container. */
  | { readonly kind: 'person'; readonly name: string }
  /** An unknown program, or one that starts arbitrary commands. */
  | { readonly kind: 'unknown'; readonly name: string };

const KNOWN: StartKind = { kind: 'known' };
/** Programs that wait for a person to log in. */
const PERSON = wordList`
  sshd dropbear tmux screen code-server openvscode-server ttyd gotty jupyter(?:-\w+|hub)? ipython
  start-notebook\.\w+ rstudio-server xrdp vncserver
`;
/** Parts of a script that do not start a program of their own. */
const ASIDE = wordList`
  : \[ \[\[ test true false cd echo printf export set unset shift source \. exit wait trap if return read local
  eval mkdir rm cp mv ln chown chmod touch cat sed grep awk envsubst tee sleep date id ls find env umask ulimit
  until while wait-for-it(?:\.sh)? wait-for(?:\.sh)? nc curl wget git tail head cut tr sort xargs kill ps
  pg_isready command which type nproc exec service basename dirname hostname whoami openssl seq stat readlink
  realpath tar gzip unzip sha256sum base64 getent useradd groupadd usermod groupmod adduser addgroup su sudo
  runuser psql mysql mysqladmin mariadb redis-cli
`;
/** Interpreters and servers that run copied and installed code. */
const PROGRAM = wordList`
  python[\d.]* node nodejs ruby php[\d.]* perl java dotnet bun deno elixir mix erl lua luajit Rscript R nginx
  httpd httpd-foreground apache2 apache2ctl apachectl apache2-foreground php-fpm[\d.]* caddy haproxy redis-server
  mysqld postgres docker-php-entrypoint docker-entrypoint\.sh gunicorn uvicorn hypercorn daphne uwsgi
  waitress-serve flask django-admin celery alembic streamlit fastapi aws puma unicorn thin rackup rails sidekiq
  next nuxt nuxi vite nest serve http-server ts-node tsx nodemon pm2 pm2-runtime react-scripts ng vue-cli-service
  webpack sequelize prisma typeorm knex varnishd memcached catalina\.sh
`;
/** These start the programs that a file lists. */
const SUPERVISORS = /^(?:supervisord|honcho|foreman|crond?|circusd)$/;
/** These run the program that follows. */
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  bundle: ['exec'],
  npx: [],
  yarn: ['exec', 'dlx'],
  pnpm: ['exec', 'dlx'],
  poetry: ['run'],
  pipenv: ['run'],
  uv: ['run'],
  pdm: ['run'],
  dotenv: ['run'],
  'ddtrace-run': [],
  'opentelemetry-instrument': [],
  'newrelic-admin': ['run-program'],
  'xvfb-run': [],
};
/** Scripts nested deeper than this are not read. */
const MAX_DEPTH = 4;

/** What CMD and ENTRYPOINT start. */
export function startKind(site: Site): StartKind {
  const { stage, facts } = site;
  const starts = ['ENTRYPOINT', 'CMD'].flatMap(
    (keyword) => stage.instructions.findLast((node) => node.keyword === keyword) ?? [],
  );
  if (startsInteractiveShell(stage)) return { kind: 'person', name: baseName(starts.at(-1)?.args[0]?.value ?? 'sh') };
  const isStarted = starts.some(({ keyword }) => keyword === 'CMD');
  const composed = isStarted ? [] : site.services.flatMap((service) => service.starts);
  const [script] = starts;
  if (composed.length > 0 && script) return worst(composed.flatMap((text) => kindsWith(site, script, text)));
  if (composed.length > 0) return worst(composed.map((text) => kindOfScript(site, text, 0)));
  if (starts.length === 0) return facts.dropsPrivileges ? KNOWN : { kind: 'unknown', name: facts.starts ?? '' };
  const [entrypoint, cmd] = starts;
  if (entrypoint && cmd && takesArguments(entrypoint)) {
    const words = [...entrypoint.args, ...(cmd.form === 'exec' ? cmd.args : [])].map(({ value }) => value);
    return kindOfCall(site, words, [], 0);
  }
  const calls = starts.flatMap(callsOf);
  return worst(calls.map((words, index) => kindOfCall(site, words, calls.slice(index + 1).flat(), 0)));
}

/** The kinds of an ENTRYPOINT and of the command that Compose gives it. */
function kindsWith(site: Site, entrypoint: Instruction, command: string): StartKind[] {
  const words = command.split(/\s+/);
  const calls = callsOf(entrypoint);
  return takesArguments(entrypoint)
    ? calls.map((call) => kindOfCall(site, [...call, ...words], [], 0))
    : [...calls.map((call) => kindOfCall(site, call, words, 0)), kindOfScript(site, command, 0)];
}

/**
 * True when the words of CMD are arguments for the program of this ENTRYPOINT. A script may run them as a program
 * instead.
 */
function takesArguments({ form, args }: Instruction): boolean {
  if (form !== 'exec') return false;
  const words = [...args.map(({ value }) => value), 'cmd'];
  const [program = '', next] = words.slice(countWrapperWords(words));
  const name = baseName(program);
  return (
    next === undefined ||
    name === 'npm' ||
    Object.hasOwn(RUNNERS, name) ||
    (PROGRAM.test(name) && !name.includes('entrypoint'))
  );
}

function worst(kinds: readonly StartKind[]): StartKind {
  return kinds.find(({ kind }) => kind === 'person') ?? kinds.find(({ kind }) => kind === 'unknown') ?? KNOWN;
}

function callsOf({ form, args, script }: Instruction): string[][] {
  if (form === 'exec') return [args.map(({ value }) => value)];
  return (script?.commands ?? []).map(({ words }) => words.map(({ value }) => value));
}

function kindOfCall(site: Site, all: readonly string[], behind: readonly string[], depth: number): StartKind {
  const words = all.slice(countWrapperWords(all));
  const [program = '', ...rest] = words;
  const name = baseName(program);
  if (isPlaceholder(name, rest)) return { kind: 'person', name };
  if (/^(?:ba|da|a|k|z)?sh$/.test(name)) return kindOfShell(site, rest, behind, depth);
  if (Object.hasOwn(RUNNERS, name)) {
    const inner = rest.filter((word) => !word.startsWith('-') && !RUNNERS[name]?.includes(word));
    const isScript = /^(?:yarn|pnpm)$/.test(name) && !RUNNERS[name]?.includes(rest[0] ?? '');
    return isScript ? kindOfNpm(site, rest, depth) : kindOfCall(site, inner, [], depth + 1);
  }
  if (name === 'npm') return kindOfNpm(site, rest, depth);
  if (SUPERVISORS.test(name)) return kindOfSupervisor(site, name, depth);
  if (PROGRAM.test(name)) return rest[0] === '-m' || /^python/.test(name) ? kindOfModule(site, rest) : KNOWN;
  if (name === '' || ASIDE.test(name) || /^\$/.test(program)) return KNOWN;
  return kindOfFile(site, program, depth) ?? kindOfPackage(site, name) ?? { kind: 'unknown', name };
}

/** `sleep infinity`, `tail -f /dev/null`: the container waits for a person. */
function isPlaceholder(name: string, rest: readonly string[]): boolean {
  if (PERSON.test(name)) return true;
  if (name === 'sleep') return /^(?:inf|infinity|\d{5,}|\d+d)$/.test(rest[0] ?? '');
  return name === 'tail' && rest.some((word) => word === '/dev/null') && rest.some((word) => /^-\w*[fF]/.test(word));
}

function kindOfShell(site: Site, rest: readonly string[], behind: readonly string[], depth: number): StartKind {
  const option = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  if (option >= 0) return kindOfScript(site, rest[option + 1] ?? '', depth);
  const file = rest.find((word) => !word.startsWith('-'));
  if (file !== undefined) return kindOfFile(site, file, depth) ?? { kind: 'unknown', name: file };
  return behind.length > 0 ? KNOWN : { kind: 'person', name: 'sh' };
}

function kindOfScript(site: Site, text: string, depth: number): StartKind {
  if (depth >= MAX_DEPTH) return KNOWN;
  const { commands } = parseText(text);
  const functions = new Set(
    [
      ...text.matchAll(
        /^[ \t]{0,40}(?:function[ \t]{1,4})?([\w-]{1,80})[ \t]{0,4}\(\)|^[ \t]{0,40}function[ \t]{1,4}([\w-]{1,80})/gm,
      ),
    ].map(([, one, other]) => one ?? other),
  );
  return worst(
    commands
      .filter(({ name }) => name !== '' && !functions.has(name))
      .map(({ words }) =>
        kindOfCall(
          site,
          words.map(({ value }) => value),
          [''],
          depth + 1,
        ),
      ),
  );
}

/** A copied script, or a copied program in plain text; undefined when it is not among the files. */
function kindOfFile(site: Site, program: string, depth: number): StartKind | undefined {
  const last = site.stage.instructions.at(-1);
  const target = absolutePath(program, last ? workdirAt(last) : '/');
  const name = baseName(program);
  const copied = [...site.copied.files].find(
    ([path]) => path === target || (!program.includes('/') && baseName(path) === name && /\/s?bin\//.test(path)),
  );
  const path = copied?.[1];
  const text = path === undefined ? undefined : site.context.read(path);
  if (text === undefined) return undefined;
  if (/^#!.*\b(?:python|node|ruby|perl|php)/.test(text)) return KNOWN;
  return /^#!.*sh\b/.test(text) || /\.(?:sh|bash)$/.test(path ?? '') ? kindOfScript(site, text, depth) : undefined;
}

/** Decides by the commands in copied configuration files; unknown when there are none. */
function kindOfSupervisor(site: Site, name: string, depth: number): StartKind {
  const lines = [...site.copied.files.values()].flatMap((path) =>
    settingsCommands(path, site.context.read(path) ?? ''),
  );
  return lines.length === 0
    ? { kind: 'unknown', name }
    : worst(lines.map((line) => kindOfScript(site, line, depth + 1)));
}

/** A script in package.json. */
function kindOfNpm(site: Site, rest: readonly string[], depth: number): StartKind {
  const name = rest.find((word) => !word.startsWith('-') && word !== 'run' && word !== 'run-script') ?? 'start';
  for (const path of site.copied.files.keys()) {
    const json = path.endsWith('/package.json')
      ? readPackageJson(site, path.slice(0, -'/package.json'.length))
      : undefined;
    const script = json && Object.hasOwn(json.scripts, name) ? json.scripts[name] : undefined;
    if (script !== undefined) return depth < MAX_DEPTH ? kindOfScript(site, script, depth + 1) : KNOWN;
  }
  return /^(?:start|test)$/.test(name) ? KNOWN : { kind: 'unknown', name };
}

/** `python -m http.server`, `python -m jupyter`. */
function kindOfModule(site: Site, rest: readonly string[]): StartKind {
  const module = rest[rest.indexOf('-m') + 1];
  if (!rest.includes('-m') || module === undefined) return KNOWN;
  return kindOfPackage(site, module.split('.')[0] ?? '') ?? KNOWN;
}

/** A program that a dependency installs, such as `streamlit`; undefined for others. */
function kindOfPackage(site: Site, name: string): StartKind | undefined {
  const plain = name.toLowerCase().replace(/[-_.]+/g, '-');
  const found = dependenciesOf(site).find((one) => {
    const last = baseName(one.name);
    return last.toLowerCase().replace(/[-_.]+/g, '-') === plain;
  });
  if (!found) return isOwnProgram(site, name) ? KNOWN : undefined;
  return packageNeeds(found.ecosystem, found.name)?.startsOthers ? { kind: 'unknown', name } : KNOWN;
}

/** A console script or `bin` entry that the project itself declares. */
function isOwnProgram({ context }: Site, name: string): boolean {
  return ['pyproject.toml', 'setup.py', 'setup.cfg', 'package.json'].some((path) => {
    const text = context.read(path) ?? '';
    return [`\n${name} = `, `\n${name}=`, `"${name}=`, `'${name}=`, `"${name} =`, `'${name} =`, `"${name}":`].some(
      (written) => text.includes(written),
    );
  });
}
