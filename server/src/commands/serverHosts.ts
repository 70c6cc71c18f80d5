import { countWrapperWords } from '../shell/wrappers';
import { baseName } from '../text/paths';

/** How a server is told the address that it listens on. */
export interface ServerHost {
  /** Its options for the address. */
  readonly options: readonly string[];
  /** What to add where it listens on the loopback address by default; undefined where it listens on all. */
  readonly add?: readonly string[];
  /** The subcommands to which this applies. */
  readonly subcommands?: readonly string[];
  /** Other options, variables and files that may set the address. */
  readonly others?: readonly string[];
  readonly variables?: readonly string[];
  readonly files?: RegExp;
}

const HOST = ['--host', '0.0.0.0'];
/** A configuration of Vite and what is built on it. */
const viteFile = (name: string): RegExp => new RegExp(`^${name}\\.config\\.\\w+$`);

/** By program, as in the documentation of each (2026-11). */
const SERVERS: Readonly<Record<string, ServerHost>> = {
  artisan: { subcommands: ['serve'], options: ['--host'], add: ['--host=0.0.0.0'], variables: ['SERVER_HOST'] },
  astro: { subcommands: ['dev', 'preview'], options: ['--host'], add: HOST, files: viteFile('astro') },
  daphne: {
    options: ['-b', '--bind'],
    add: ['-b', '0.0.0.0'],
    others: ['-u', '--unix-socket', '-e', '--endpoint', '--fd'],
  },
  docusaurus: { subcommands: ['start', 'serve'], options: ['-h', '--host'], add: HOST },
  fastapi: { subcommands: ['dev'], options: ['--host'], add: HOST },
  flask: { subcommands: ['run'], options: ['-h', '--host'], add: HOST, variables: ['FLASK_RUN_HOST'] },
  gatsby: { subcommands: ['develop', 'serve'], options: ['-H', '--host'], add: HOST },
  gunicorn: { options: ['-b', '--bind'] },
  hugo: { subcommands: ['server', 'serve'], options: ['--bind'], add: ['--bind', '0.0.0.0'] },
  hypercorn: {
    options: ['-b', '--bind'],
    add: ['--bind', '0.0.0.0:8000'],
    others: ['-c', '--config', '--insecure-bind', '--quic-bind'],
  },
  jekyll: {
    subcommands: ['serve', 's', 'server'],
    options: ['-H', '--host'],
    add: HOST,
    files: /^_config[\w.]*\.yml$/,
  },
  mkdocs: {
    subcommands: ['serve'],
    options: ['-a', '--dev-addr'],
    add: ['--dev-addr', '0.0.0.0:8000'],
    files: /^mkdocs\.ya?ml$/,
  },
  'manage.py': { subcommands: ['runserver', 'runserver_plus'], options: [], add: ['0.0.0.0:8000'] },
  ng: { subcommands: ['serve', 's'], options: ['--host'], add: HOST, files: /^angular\.json$/ },
  nuxi: nuxt(),
  nuxt: nuxt(),
  rails: {
    subcommands: ['server', 's'],
    options: ['-b', '--binding'],
    add: ['-b', '0.0.0.0'],
    others: ['-e', '--environment'],
    variables: ['BINDING', 'HOST', 'RAILS_ENV', 'RACK_ENV'],
  },
  streamlit: { subcommands: ['run'], options: ['--server.address'] },
  uvicorn: { options: ['--host'], add: HOST, others: ['--uds', '--fd'], variables: ['UVICORN_HOST'] },
  vite: { options: ['--host'], add: HOST, files: viteFile('vite') },
};

function nuxt(): ServerHost {
  return {
    subcommands: ['dev'],
    options: ['--host', '-H'],
    add: HOST,
    variables: ['HOST', 'NUXT_HOST', 'NITRO_HOST'],
    files: viteFile('nuxt'),
  };
}

/** These run the command that follows: with this word before it, if there is one. */
const RUNNERS: Readonly<Record<string, string>> = {
  bundle: 'exec',
  bunx: '',
  npx: '',
  pdm: 'run',
  pipenv: 'run',
  poetry: 'run',
  uv: 'run',
};

export interface ServerCall {
  /** `uvicorn`, `manage.py runserver`. */
  readonly name: string;
  readonly host: ServerHost;
  /** The index of the program among the words. */
  readonly at: number;
}

/** The server that a command starts; undefined for other programs. */
export function serverCall(words: readonly string[]): ServerCall | undefined {
  let at = countWrapperWords(words);
  for (;;) {
    const runner = baseName(words[at] ?? '');
    if (!Object.hasOwn(RUNNERS, runner)) break;
    at++;
    while (words[at]?.startsWith('-') || (RUNNERS[runner] !== '' && words[at] === RUNNERS[runner])) at++;
  }
  if (/^python[\d.]*$/.test(baseName(words[at] ?? ''))) {
    at++;
    while (/^-[a-zA-Z]$/.test(words[at] ?? '')) at++;
  } else if (/^php[\d.]*$/.test(baseName(words[at] ?? ''))) at++;
  const name = baseName(words[at] ?? '');
  const host = Object.hasOwn(SERVERS, name) ? SERVERS[name] : undefined;
  const rest = words.slice(at + 1);
  const subcommand = rest.find((word) => host?.subcommands?.includes(word));
  // `vite build` serves nothing.
  if (
    !host ||
    (host.subcommands && subcommand === undefined) ||
    (name === 'vite' && /^(?:build|optimize)$/.test(rest[0] ?? ''))
  )
    return undefined;
  return { name: subcommand === undefined ? name : `${name} ${subcommand}`, host, at };
}

export const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?=:\d+$|$)/;
