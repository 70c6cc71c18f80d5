import { type PackageJson, readInImage } from '../../app/packageJson';
import type { Site } from '../../app/site';
import { packageCommand } from '../../commands/packageCommand';
import { NODE_LOCKS } from '../../project/fileNames';
import type { ShellCommand } from '../../shell/script';
import { escapePattern } from '../../text/pattern';
import { type Guard, refuse } from '../transform';

export const MANAGERS = ['npm', 'yarn', 'pnpm', 'bun'];

/** How a project's package manager leaves development dependencies out. */
export interface PackageManager {
  readonly name: string;
  readonly hasLock: boolean;
  readonly isWorkspace: boolean;
  /** The option that makes an install leave them out; undefined if the manager has none. */
  readonly productionOption: string | undefined;
  /** The command that removes development dependencies; undefined if no command does so reliably. */
  readonly prune: string | undefined;
}

/** The package manager that installs; a guard if packages are not stored in node_modules. */
export function managerOf(
  site: Site,
  folder: string,
  json: PackageJson,
  install: ShellCommand,
): PackageManager | Guard {
  const name = packageCommand(install, MANAGERS)?.tool ?? 'npm';
  const has = (file: string) => site.copied.files.has(`${folder === '/' ? '' : folder}/${file}`);
  const read = (file: string) => readInImage(site, `${folder === '/' ? '' : folder}/${file}`);
  const isWorkspace = json.hasWorkspaces || has('pnpm-workspace.yaml');
  // Prisma generates files inside packages, which yarn and pnpm reset to their original content.
  const generatesBetween = usesPrisma(json);
  if (name === 'npm') {
    const productionOption = hasOldNpm(site) ? '--production' : '--omit=dev';
    return {
      name,
      isWorkspace,
      hasLock: NODE_LOCKS.npm.some(has),
      productionOption,
      // Packages whose peers conflict are accepted only with these.
      prune: ['npm prune', productionOption, ...lenientOptions(install)].join(' '),
    };
  }
  if (name === 'pnpm')
    return {
      name,
      isWorkspace,
      hasLock: NODE_LOCKS.pnpm.some(has),
      productionOption: '--prod',
      prune: isWorkspace || generatesBetween ? undefined : 'CI=true pnpm prune --prod',
    };
  if (name === 'bun') {
    const isFrozen = install.words.some(({ value }) => value === '--frozen-lockfile');
    return {
      name,
      isWorkspace,
      hasLock: NODE_LOCKS.bun.some(has),
      // Bun rejects a lock file that does not match the manifest: https://bun.sh/docs/cli/install (2026-11).
      productionOption: isFrozen || listsAll(read('bun.lock'), json) ? '--production' : undefined,
      prune: undefined,
    };
  }
  const lock = read('yarn.lock') ?? '';
  const settings = read('.yarnrc.yml');
  if (settings === undefined && !/^__metadata:/m.test(lock) && !/^yarn@[2-9]/.test(json.packageManager ?? ''))
    return {
      name,
      isWorkspace,
      hasLock: NODE_LOCKS.yarn.some(has),
      productionOption: '--production',
      prune: generatesBetween ? undefined : 'yarn install --production --ignore-scripts --prefer-offline',
    };
  if (!/^nodeLinker:\s*["']?(?:node-modules|pnpm)/m.test(settings ?? ''))
    return refuse(
      "Yarn's Plug'n'Play keeps packages outside node_modules: set `nodeLinker: node-modules` in .yarnrc.yml",
    );
  const hasFocus =
    /^yarn@[4-9]/.test(json.packageManager ?? '') || /plugin-workspace-tools|releases\/yarn-[4-9]/.test(settings ?? '');
  return {
    name,
    isWorkspace,
    hasLock: NODE_LOCKS.yarn.some(has),
    productionOption: undefined,
    prune: hasFocus && !isWorkspace && !generatesBetween ? 'yarn workspaces focus --production' : undefined,
  };
}

/** True if Bun's lock file lists each dependency with the version range of the manifest. */
function listsAll(lock: string | undefined, json: PackageJson): boolean {
  return (
    lock !== undefined &&
    [...json.dependencies, ...json.devDependencies].every((name) =>
      lock.includes(`${JSON.stringify(name)}: ${JSON.stringify(json.versionOf(name) ?? '')}`),
    )
  );
}

export function usesPrisma(json: PackageJson): boolean {
  return json.dependencies.has('@prisma/client') || json.devDependencies.has('@prisma/client');
}

function lenientOptions({ words }: ShellCommand): string[] {
  return words.flatMap(({ value }) => (/^--(?:legacy-peer-deps|force)$/.test(value) ? [value] : []));
}

/** npm 6 and older do not support `--omit`; npm 7 came with Node.js 15. */
function hasOldNpm({ stage }: Site): boolean {
  const version = stage.base.kind === 'image' ? /^v?(\d+)/.exec(stage.base.image.tag ?? '')?.[1] : undefined;
  return stage.base.kind === 'image' && stage.base.image.name === 'node' && Number(version ?? 20) < 15;
}

/** Installs the dependencies of package.json, not packages by name. */
export function isInstall(command: ShellCommand): boolean {
  const call = packageCommand(command, MANAGERS);
  const subcommand = call?.subcommand?.value ?? (call?.tool === 'yarn' && call.operands.length === 0 ? 'install' : '');
  const isVersion = call?.has('-v', '--version', '--help') ?? false;
  return (
    /^(?:install|i|ci|clean-install)$/.test(subcommand) &&
    call?.operands.length === 0 &&
    !isVersion &&
    !isGlobal(command)
  );
}

export function isGlobal(command: ShellCommand): boolean {
  const call = packageCommand(command, MANAGERS);
  return call !== undefined && (call.has('-g', '--global') || call.subcommand?.value === 'global');
}

/** The text of a RUN with its installs changed to leave development dependencies out. */
export function productionText(
  text: string,
  written: readonly string[],
  { name, productionOption }: PackageManager,
): string {
  if (productionOption === undefined) return text;
  const installs = [...written].sort((a, b) => b.length - a.length).map(escapePattern);
  return text.replace(new RegExp(`(?<![\\w/-])(?:${installs.join('|')})(?![\\w-])`, 'g'), (install) =>
    name === 'yarn' && !/^yarn\s+install\b/.test(install)
      ? install.replace(/^yarn\b/, `yarn install ${productionOption}`)
      : install.replace(/^(.*?\b(?:ci|clean-install|install|i)\b)/s, `$1 ${productionOption}`),
  );
}
