import { absolutePath, copiedBy, workdirAt } from '../../app/copiedFiles';
import type { PackageJson } from '../../app/packageJson';
import type { Site } from '../../app/site';
import type { PackageStart } from '../../app/start/packageStart';
import type { Instruction } from '../../dockerfile/model';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { anyOf } from '../../text/pattern';
import { switchesUserBefore } from './compose';
import { nodeKind } from './nodeCommands';
import { MANAGERS, type PackageManager, usesPrisma } from './nodeManagers';
import type { Project } from './nodeOutputs';
import { lineOf } from './nodeStart';

export interface Install {
  readonly run: Instruction;
  readonly command: ShellCommand;
}

/**
 * How development dependencies are left out. `author` and `pruned` mean that the file does it already: `author` does
 * not install them, `pruned` removes them.
 */
export type Omission = 'apart' | 'prune' | 'install' | 'author' | 'pruned' | undefined;

export function runsOf({ stage }: Pick<Site, 'stage'>): Instruction[] {
  return stage.instructions.filter(({ keyword }) => keyword === 'RUN');
}

/** The directory that an install uses: after `cd`, by `--prefix`, or the working directory. */
export function folderOf({ run, command }: Pick<Install, 'run' | 'command'>): string {
  const options = readOptions(command);
  const before = (run.script?.commands ?? []).filter(
    ({ name, span, chain }) => name === 'cd' && span.start < command.span.start && chain === command.chain,
  );
  const moved = before.reduce((folder, { words }) => absolutePath(words[1]?.value ?? '', folder), workdirAt(run));
  return absolutePath(options.option('--prefix', '-C', '--cwd', '--dir')?.value ?? '', moved);
}

/** What a build stage installs and builds with. */
interface Work {
  readonly install: Install;
  readonly manager: PackageManager;
  readonly builds: readonly ShellCommand[];
  readonly outputs: readonly string[] | undefined;
  /** A package from devDependencies that the container runs. */
  readonly used: string | undefined;
}

export function omissionOf(
  { site, json }: Pick<Project, 'site' | 'json'>,
  { install, manager, builds, outputs, used }: Work,
): Omission {
  const commands = runsOf(site).flatMap(({ script }) => script?.commands ?? []);
  const isAuthors = install.run.resolve('NODE_ENV')?.value === 'production' || installsProgramAlone(install.command);
  // A second production install after the author's own is a fallback: `npm ci --omit=dev || npm install --omit=dev`.
  if (commands.some((command) => prunes(command) || (!isAuthors && installsProgramAlone(command)))) return 'pruned';
  if (isAuthors) return 'author';
  if (json.devDependencies.size === 0 || used !== undefined) return undefined;
  const isAlone = (install.run.script?.commands ?? []).every(
    (command) =>
      /^(?:install|cleanup|setting|check)$/.test(`${nodeKind(command, json, NOTHING_STARTED)}`) ||
      command.name === 'cd',
  );
  const canRepeat =
    isAlone &&
    !json.hasInstallScripts &&
    manager.productionOption !== undefined &&
    !generatesInModules(site, json, builds);
  if (builds.length === 0 && canRepeat) return 'install';
  const isApart =
    canRepeat &&
    outputs?.length !== 0 &&
    (outputs !== undefined || json.dependencies.size > 0) &&
    manager.hasLock &&
    copiesOnlyManifests(site, install.run) &&
    !switchesUserBefore(site.stage, install.run.span.start);
  if (isApart) return 'apart';
  return manager.prune === undefined ? undefined : 'prune';
}

/** Files that a build writes into node_modules would be missing after a separate install. */
function generatesInModules(site: Site, json: PackageJson, builds: readonly ShellCommand[]): boolean {
  const manifests = [...site.copied.files.values()].filter((path) => path.endsWith('package.json'));
  const texts = [...manifests.map((path) => site.context.read(path) ?? ''), ...builds.map(lineOf)];
  return (
    usesPrisma(json) || texts.some((text) => /node_modules\/(?!\.bin\/)|\bzenstack\b|\bpatch-package\b/.test(text))
  );
}

/** True if the file leaves development dependencies out itself, in one of these instructions. */
export function isLeftOut(instructions: readonly Instruction[], { run }: Install): boolean {
  const commands = instructions.flatMap(({ keyword, script }) => (keyword === 'RUN' ? (script?.commands ?? []) : []));
  return (
    run.resolve('NODE_ENV')?.value === 'production' ||
    commands.some((command) => prunes(command) || installsProgramAlone(command))
  );
}

const NOTHING_STARTED: PackageStart = { commands: [], managers: new Set(), texts: [], isReplaced: false };

/** An install that leaves development dependencies out, or removes them. */
function installsProgramAlone({ name, words }: ShellCommand): boolean {
  return (
    MANAGERS.includes(name) &&
    words.some(({ value }) => /^(?:--omit=dev|--production|--prod|-P|--only=prod(?:uction)?)$/.test(value))
  );
}

/** Removes development dependencies, which still remain in the layer below. */
function prunes({ name, words }: ShellCommand): boolean {
  return /^(?:npm|yarn|pnpm)$/.test(name) && words.some(({ value }) => /^(?:prune|focus)$/.test(value));
}

/** True if only manifests are copied before the install, so that it can be repeated without the sources. */
function copiesOnlyManifests(site: Site, run: Instruction): boolean {
  return site.stage.instructions
    .filter((node) => (node.keyword === 'COPY' || node.keyword === 'ADD') && node.span.start < run.span.start)
    .every((node) => {
      const copied = copiedBy(node, site.context);
      return copied !== undefined && [...copied.values()].every((path) => MANIFEST.test(path));
    });
}

const MANIFEST = anyOf(
  /(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|tsconfig[\w.]*\.json|\.npmrc|\.nvmrc)$/,
  /(?:^|\/)(?:yarn\.lock|\.yarnrc(?:\.yml)?|bun\.lockb?|bunfig\.toml)$|(?:^|\/)(?:patches|\.yarn)\//,
  /(?:^|\/)(?:pnpm-lock\.yaml|pnpm-workspace\.yaml|\.pnpmfile\.cjs)$/,
);
