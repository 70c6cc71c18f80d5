import type { PackageJson } from '../../app/packageJson';
import { phrase } from '../../l10n/phrase';
import { type Guard, refuse } from '../../optimizer/transform';
import { line, type ProjectFolder, type StartLine, sources } from '../starter';
import { allows, newestRelease } from '../versions';

export interface Manager {
  readonly name: 'npm' | 'yarn' | 'pnpm' | 'bun';
  /** Above the install. */
  readonly before: readonly StartLine[];
  readonly install: StartLine;
}

/** The lines that install the packages of a project and run its build. */
export function nodeBuild(
  folder: ProjectFolder,
  json: PackageJson,
): { readonly manager: Manager; readonly lines: readonly StartLine[] } | Guard {
  const [one, other] = json.packageManager === undefined ? lockFiles(folder) : [];
  if (one !== undefined && other !== undefined)
    return refuse('{one} and {other} contradict each other: delete the one that is not in use', { one, other });
  const outside = [...json.dependencies, ...json.devDependencies].find((name) =>
    json.versionOf(name)?.startsWith('workspace:'),
  );
  if (outside !== undefined && !json.hasWorkspaces && !folder.context.files.has('pnpm-workspace.yaml'))
    return refuse('{name} comes from a workspace, whose root is above this folder', { name: outside });
  const manager = managerOf(folder, json);
  const base = manager.name === 'bun' ? bunLine(folder) : nodeLine(folder, json);
  if (!base) return refuse('no known Node.js image satisfies {file}', { file: 'package.json' });
  const build = Object.hasOwn(json.scripts, 'build')
    ? [line(`RUN ${manager.name} run build`, phrase('The `build` script of package.json'))]
    : [];
  const lines = [
    base,
    ...sources('/app'),
    ...manager.before,
    manager.install,
    ...prisma(folder, json, manager),
    ...build,
  ];
  return { manager, lines };
}

/** Since Prisma 7, an install no longer writes the client: https://www.prisma.io/docs/orm/more/upgrade-guides/upgrading-versions/upgrading-to-prisma-7 */
function prisma({ context }: ProjectFolder, { scripts, versionOf }: PackageJson, { name }: Manager): StartLine[] {
  const major = Number(/^[~^]?(\d+)/.exec(versionOf('prisma') ?? '')?.[1]);
  const isCalled = ['postinstall', 'prepare', 'prebuild', 'build'].some((one) =>
    scripts[one]?.includes('prisma generate'),
  );
  if (!(major >= 7) || isCalled || !context.files.has('prisma/schema.prisma')) return [];
  const run = name === 'npm' ? 'npx' : name === 'bun' ? 'bunx' : name;
  return [line(`RUN ${run} prisma generate`, phrase('Writes the Prisma client that the sources import'))];
}

/** The same lines as a stage with a name. */
export function asStage([from, ...others]: readonly StartLine[], name: string): StartLine[] {
  return from ? [{ ...from, text: `${from.text} AS ${name}` }, ...others] : [];
}

const LOCKS = ['bun.lock', 'bun.lockb', 'pnpm-lock.yaml', 'yarn.lock', 'package-lock.json'];

/** One of each package manager. */
function lockFiles({ context: { files } }: ProjectFolder): string[] {
  return LOCKS.filter((file) => files.has(file) && !(file === 'bun.lockb' && files.has('bun.lock')));
}

function bunLine({ context }: ProjectFolder): StartLine {
  return line(
    'FROM oven/bun:1',
    hasBunLock(context) ? phrase('The folder has a Bun lock file') : phrase('The `start` script runs Bun'),
  );
}

function hasBunLock({ files }: ProjectFolder['context']): boolean {
  return files.has('bun.lock') || files.has('bun.lockb');
}

/** The newest Node.js on which old build tools run, with the first version of the tool that needs no older one. */
const OLD_TOOLS: readonly (readonly [name: string, before: number, release: string])[] = [
  // node-sass compiles against one Node.js: https://github.com/sass/node-sass#node-version-support-policy
  ['node-sass', 5, '14'],
  ['node-sass', 7, '16'],
  // webpack 4 hashes with MD4, which OpenSSL 3 of Node.js 17 refuses.
  ['react-scripts', 5, '16'],
  ['react-scripts-ts', 99, '16'],
  ['@vue/cli-service', 5, '16'],
  ['@angular/cli', 12, '14'],
  ['webpack', 5, '16'],
  ['node-sass', 8, '16'],
  ['node-sass', 9, '18'],
  ['node-sass', 10, '20'],
];

function forOldTool({ versionOf }: PackageJson): { readonly tool: string; readonly release: string } | undefined {
  const found = OLD_TOOLS.find(([name, before]) => Number(/^[~^]?(\d+)\./.exec(versionOf(name) ?? '')?.[1]) < before);
  return found && { tool: found[0], release: found[2] };
}

function nodeLine(folder: ProjectFolder, json: PackageJson): StartLine | undefined {
  const { context } = folder;
  const file = ['.nvmrc', '.node-version'].find((name) => versionIn(context.read(name)) !== undefined);
  const engines = /"engines"\s*:\s*\{[^{}]*"node"\s*:\s*"([^"]+)"/.exec(context.read('package.json') ?? '')?.[1];
  const written = file === undefined ? engines : versionIn(context.read(file));
  const old = forOldTool(json);
  if (old && allows(written ?? '', old.release))
    return line(`FROM node:${old.release}`, phrase('The newest Node.js on which this version of {tool} runs', old));
  // Even releases get long-term support.
  const release = newestRelease(folder, 'node', written ?? '', (one) => !one.includes('.') && Number(one) % 2 === 0);
  if (release === undefined) return undefined;
  return written === undefined
    ? line(`FROM node:${release}`, phrase('The newest Node.js with long-term support: the project names no version'))
    : line(
        `FROM node:${release}`,
        phrase('The newest Node.js with long-term support that {file} allows', {
          file: file ?? 'package.json',
        }),
      );
}

/** The names of releases with long-term support: https://github.com/nodejs/Release */
const NAMES: Readonly<Record<string, string>> = {
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};

/** `v22.3.0`, `lts/jod` */
function versionIn(text = ''): string | undefined {
  return /^v?(\d+)/.exec(text)?.[1] ?? NAMES[/^lts\/(\w+)/.exec(text)?.[1] ?? ''];
}

const LOCKED = phrase('Exactly the versions in the lock file');

function managerOf({ context }: ProjectFolder, { packageManager, scripts }: PackageJson): Manager {
  const { files } = context;
  const corepack = line('RUN corepack enable', phrase('Provides the package manager that package.json names'));
  const isLocked = hasBunLock(context);
  if (isLocked || /^bun\b/.test(scripts['start'] ?? ''))
    return {
      name: 'bun',
      before: [],
      install: isLocked
        ? line('RUN bun install --frozen-lockfile', LOCKED)
        : line('RUN bun install', phrase('The packages of package.json')),
    };
  if (files.has('pnpm-lock.yaml'))
    return {
      name: 'pnpm',
      before: [
        packageManager
          ? corepack
          : line(
              `RUN npm install -g pnpm${pnpmRelease(context.read('pnpm-lock.yaml'))}`,
              phrase('The pnpm release that wrote pnpm-lock.yaml'),
            ),
      ],
      install: line('RUN pnpm install --frozen-lockfile', LOCKED),
    };
  if (files.has('yarn.lock'))
    return packageManager?.startsWith('yarn@') && !packageManager.startsWith('yarn@1')
      ? {
          name: 'yarn',
          before: [corepack],
          install: line('RUN yarn install --immutable', LOCKED),
        }
      : {
          name: 'yarn',
          before: [],
          install: line('RUN yarn install --frozen-lockfile', LOCKED),
        };
  return {
    name: 'npm',
    before: [],
    install: files.has('package-lock.json')
      ? line('RUN npm ci', LOCKED)
      : line('RUN npm install', phrase('The packages of package.json, which has no lock file')),
  };
}

/**
 * `@9` for `lockfileVersion: '9.0'`: https://github.com/pnpm/spec/issues/7 (2026-11). Releases since 10, which read the
 * same file, leave out the scripts that build native modules.
 */
function pnpmRelease(lock = ''): string {
  const version = /^lockfileVersion:[ \t]*['"]?(\d+\.\d+)/m.exec(lock)?.[1] ?? '';
  const release = version === '9.0' ? 9 : /^6\./.test(version) ? 8 : version === '5.4' ? 7 : undefined;
  return release === undefined ? '' : `@${release}`;
}
