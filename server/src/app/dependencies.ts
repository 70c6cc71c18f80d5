import { packageCommand } from '../commands/packageCommand';
import type { Ecosystem } from '../knowledge/packageNeeds';
import type { ShellCommand } from '../shell/script';
import { type JsonRecord, parseJson, recordOf } from '../text/jsonValue';
import type { Site } from './site';

export interface Dependency {
  readonly ecosystem: Ecosystem;
  readonly name: string;
}

/** How to read the dependencies in a manifest. */
interface Manifest {
  readonly files: { test(path: string): boolean };
  readonly ecosystem: Ecosystem;
  names(text: string): readonly string[];
}

/** Manifests for tests and development: the image does not run their packages. */
const ASIDE = /(?:^|[/_.-])(?:dev|develop|development|tests?|testing|lint|docs?|ci)(?:[/_.-]|$)/;

const MANIFESTS: readonly Manifest[] = [
  {
    files: { test: (path) => path.includes('requirements') && /\.(?:txt|in)$/.test(path) },
    ecosystem: 'pypi',
    names: (text) => firsts(text, /^[ \t]*([A-Za-z0-9][\w.-]*)/gm),
  },
  {
    files: /(?:^|\/)(?:poetry|uv|pdm)\.lock$/,
    ecosystem: 'pypi',
    names: (text) => firsts(text, /^name = "([\w.-]+)"/gm),
  },
  {
    files: /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/,
    ecosystem: 'pypi',
    names: (text) => firsts(text, /(?<=["'\n])[ \t]{0,8}([A-Za-z][\w.-]{0,60})(?=[\s[=<>~!;"'])/g),
  },
  {
    files: /(?:^|\/)Pipfile$/,
    ecosystem: 'pypi',
    // The packages after `[dev-packages]` are not installed.
    names: (text) =>
      text
        .split(/^(?=\[)/m)
        .filter((section) => section.startsWith('[packages]'))
        .flatMap((section) => firsts(section, /^"?([A-Za-z][\w.-]*)"?[ \t]*=/gm)),
  },
  { files: /(?:^|\/)package\.json$/, ecosystem: 'npm', names: packagesOf },
  {
    files: /(?:^|\/)package-lock\.json$/,
    ecosystem: 'npm',
    names: lockedPackages,
  },
  {
    files: /(?:^|\/)Gemfile$/,
    ecosystem: 'gem',
    names: (text) => firsts(text, /^[ \t]*gem[ \t(]+["']([\w.-]+)["']/gm),
  },
  { files: /(?:^|\/)Gemfile\.lock$/, ecosystem: 'gem', names: (text) => firsts(text, /^ {4}([\w.-]+) \(/gm) },
  {
    files: /(?:^|\/)go\.mod$/,
    ecosystem: 'go',
    names: (text) => firsts(text, /^[ \t]*(?:require[ \t]+)?([\w.-]+\.[a-z]+\/[^\s]+)[ \t]+v\d/gm),
  },
  { files: /(?:^|\/)composer\.json$/, ecosystem: 'composer', names: composerPackages },
];

const known = new WeakMap<Site, readonly Dependency[]>();

/** The dependencies of the program, from the copied manifests and the packages that RUNs install. */
export function dependenciesOf(site: Site): readonly Dependency[] {
  let found = known.get(site);
  if (!found) {
    found = [
      ...fromManifests(site),
      ...[site.stage, ...(site.behind ?? [])].flatMap(({ instructions }) =>
        instructions.flatMap(({ script }) => (script?.commands ?? []).flatMap(fromCommand)),
      ),
    ];
    known.set(site, found);
  }
  return found;
}

function fromManifests({ context, copied }: Site): Dependency[] {
  const paths = copied.isComplete ? new Set(copied.files.values()) : context.files.keys();
  return [...paths].flatMap((path) => {
    const manifest = MANIFESTS.find(({ files }) => files.test(path));
    const isAside =
      /(?:^|\/)(?:node_modules|vendor)\//.test(path) || (manifest?.ecosystem === 'pypi' && ASIDE.test(path));
    const text = manifest && !isAside ? context.read(path) : undefined;
    return manifest && text !== undefined
      ? manifest.names(text).map((name) => ({ ecosystem: manifest.ecosystem, name }))
      : [];
  });
}

const INSTALLERS: readonly {
  readonly tools: readonly string[];
  readonly verbs: RegExp;
  readonly ecosystem: Ecosystem;
}[] = [
  { tools: ['pip', 'uv', 'poetry', 'pipenv', 'pipx'], verbs: /^(?:install|add|pip)$/, ecosystem: 'pypi' },
  { tools: ['npm', 'yarn', 'pnpm'], verbs: /^(?:install|i|add|global)$/, ecosystem: 'npm' },
  { tools: ['gem'], verbs: /^install$/, ecosystem: 'gem' },
  { tools: ['composer'], verbs: /^require$/, ecosystem: 'composer' },
];

/** `pip install gitpython==3.1`, `npm install -g pm2`. */
function fromCommand(command: ShellCommand): Dependency[] {
  return INSTALLERS.flatMap(({ tools, verbs, ecosystem }) => {
    const call = packageCommand(command, tools);
    if (!call || !verbs.test(call.subcommand?.value ?? '')) return [];
    return call.operands.flatMap(({ value }) => {
      const name = /^(?:@[\w.-]+\/)?[A-Za-z][\w.-]*(?:\/[\w.-]+)?/.exec(value)?.[0];
      return name === undefined ? [] : [{ ecosystem, name }];
    });
  });
}

function firsts(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

function packagesOf(text: string): string[] {
  const { dependencies, optionalDependencies } = objectOf(text);
  return [...keysOf(dependencies), ...keysOf(optionalDependencies)];
}

/** Includes transitive packages, but not those for development only. */
function lockedPackages(text: string): string[] {
  return Object.entries(recordOf(objectOf(text)['packages']) ?? {}).flatMap(([path, entry]) => {
    const isDev = recordOf(entry)?.['dev'] === true;
    const name = path.split('node_modules/').pop() ?? '';
    return isDev || name === '' ? [] : [name];
  });
}

function composerPackages(text: string): string[] {
  return keysOf(objectOf(text)['require']);
}

function objectOf(text: string): JsonRecord {
  return recordOf(parseJson(text)) ?? {};
}

function keysOf(value: unknown): string[] {
  return Object.keys(recordOf(value) ?? {});
}
