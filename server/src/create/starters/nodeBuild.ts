import type { PackageJson } from '../../app/packageJson';
import { phrase } from '../../l10n/phrase';
import { line, type ProjectFolder, type StartLine, sources } from '../starter';
import { newestRelease } from '../versions';

export interface Manager {
  readonly name: 'npm' | 'yarn' | 'pnpm' | 'bun';
  /** Above the install. */
  readonly before: readonly StartLine[];
  readonly install: StartLine;
}

/** The lines that install the packages of a project and run its build; undefined if no known image suits it. */
export function nodeBuild(
  folder: ProjectFolder,
  json: PackageJson,
): { readonly manager: Manager; readonly lines: readonly StartLine[] } | undefined {
  const manager = managerOf(folder, json);
  const base = manager.name === 'bun' ? BUN : nodeLine(folder);
  if (!base) return undefined;
  const build = Object.hasOwn(json.scripts, 'build')
    ? [line(`RUN ${manager.name} run build`, phrase('The `build` script of package.json'))]
    : [];
  return { manager, lines: [base, ...sources('/app'), ...manager.before, manager.install, ...build] };
}

/** The same lines as a stage with a name. */
export function asStage([from, ...others]: readonly StartLine[], name: string): StartLine[] {
  return from ? [{ ...from, text: `${from.text} AS ${name}` }, ...others] : [];
}

const BUN = line('FROM oven/bun:1', phrase('The folder has a Bun lock file'));

function nodeLine(folder: ProjectFolder): StartLine | undefined {
  const { context } = folder;
  const file = ['.nvmrc', '.node-version'].find((name) => /^v?\d/.test(context.read(name) ?? ''));
  const engines = /"engines"\s*:\s*\{[^{}]*"node"\s*:\s*"([^"]+)"/.exec(context.read('package.json') ?? '')?.[1];
  const written = file === undefined ? engines : /^v?(\d+)/.exec(context.read(file) ?? '')?.[1];
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

function managerOf({ context: { files } }: ProjectFolder, { packageManager }: PackageJson): Manager {
  const corepack = line('RUN corepack enable', phrase('Provides the package manager that package.json names'));
  if (files.has('bun.lock') || files.has('bun.lockb'))
    return {
      name: 'bun',
      before: [],
      install: line('RUN bun install --frozen-lockfile', phrase('Exactly the versions in the lock file')),
    };
  if (files.has('pnpm-lock.yaml'))
    return {
      name: 'pnpm',
      before: [
        packageManager ? corepack : line('RUN npm install -g pnpm', phrase('pnpm installs from pnpm-lock.yaml')),
      ],
      install: line('RUN pnpm install --frozen-lockfile', phrase('Exactly the versions in the lock file')),
    };
  if (files.has('yarn.lock'))
    return packageManager?.startsWith('yarn@') && !packageManager.startsWith('yarn@1')
      ? {
          name: 'yarn',
          before: [corepack],
          install: line('RUN yarn install --immutable', phrase('Exactly the versions in the lock file')),
        }
      : {
          name: 'yarn',
          before: [],
          install: line('RUN yarn install --frozen-lockfile', phrase('Exactly the versions in the lock file')),
        };
  return {
    name: 'npm',
    before: [],
    install: files.has('package-lock.json')
      ? line('RUN npm ci', phrase('Exactly the versions in the lock file'))
      : line('RUN npm install', phrase('The packages of package.json, which has no lock file')),
  };
}
