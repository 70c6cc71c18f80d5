import { packageCommand } from '../commands/packageCommand';
import type { BuildContext } from '../engine/buildContext';
import { NODE_LOCKS } from '../project/fileNames';
import type { ShellCommand } from '../shell/script';
import type { ManifestInstall } from './manifestInstall';
import { LOCAL_DEPENDENCY, workspaceManifests } from './workspaces';

const NODE_INSTALLS: Readonly<
  Record<string, { readonly subcommands: readonly string[]; readonly locks: readonly string[] }>
> = {
  npm: { subcommands: ['install', 'i', 'ci', 'clean-install'], locks: NODE_LOCKS.npm },
  yarn: { subcommands: ['install', ''], locks: NODE_LOCKS.yarn },
  pnpm: { subcommands: ['install', 'i'], locks: NODE_LOCKS.pnpm },
  bun: { subcommands: ['install', 'i'], locks: NODE_LOCKS.bun },
};

/** `npm ci`, `yarn`, `pnpm install`, `bun install`. */
export function nodeInstall(command: ShellCommand): ManifestInstall | undefined {
  const call = packageCommand(command, Object.keys(NODE_INSTALLS));
  const known = call && NODE_INSTALLS[call.tool];
  if (!call || !known?.subcommands.includes(call.subcommand?.value ?? '') || call.operands.length > 0) return undefined;
  if (
    call.has(
      '-g',
      '--global',
      '--prefix',
      '-w',
      '--workspace',
      '--workspaces',
      '--cache',
      '--offline',
      '--cwd',
      '-C',
      '--dir',
      '--filter',
      '-F',
    )
  )
    return undefined;
  const isFrozen =
    call.has('--frozen-lockfile', '--immutable') ||
    /^(?:ci|clean-install)$/.test(call.subcommand?.value ?? '') ||
    call.tool === 'yarn';
  return nodeManifests(
    call.tool === 'npm' ? ['package*.json'] : ['package.json', ...known.locks],
    known.locks,
    isFrozen,
    call.tool === 'bun' ? READ_BY_BUN : [],
  );
}

/** Lock files that Bun reads where its own is missing: https://bun.sh/docs/pm/lockfile (2026-11). */
const READ_BY_BUN = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'];

/** `substitutes`: other files that the install reads where it has no lock file. */
function nodeManifests(
  names: readonly string[],
  locks: readonly string[],
  needsLock: boolean,
  substitutes: readonly string[],
): ManifestInstall {
  return {
    isManifest: (path) =>
      /^(?:.*\/)?package(?:\.json|\*\.json|-lock\.json|\*)$|^\*\.json$/.test(path) ||
      locks.includes(path) ||
      substitutes.includes(path),
    manifestsFor(context, { sources, workdir }) {
      if (sources !== workdir) return undefined;
      if (!context?.files.has('package.json')) {
        // `npm ci` fails without its lock file, so both files must be among the copied ones.
        return !context?.isComplete && needsLock && locks.length < 3 && !names.includes('bun.lock') ? names : undefined;
      }
      const text = context.read('package.json');
      const hasLock = locks.some((lock) => context.files.has(lock));
      const others = text === undefined || (needsLock && !hasLock) ? undefined : readBesideManifests(text, context);
      const copied = hasLock ? names : [...names, ...substitutes];
      return others && [...copied.filter((name) => name.includes('*') || context.files.has(name)), ...others];
    },
  };
}

/** Settings files of package managers. */
const SETTINGS = ['.npmrc', '.yarnrc', '.yarnrc.yml', '.pnpmfile.cjs', 'pnpm-workspace.yaml'];
/** Install hooks that read none of the sources, or only what `reads` names. */
const HOOKS: readonly { readonly script: RegExp; readonly reads?: string }[] = [
  { script: /^(?:npx )?(?:husky(?: install)?|lefthook install|simple-git-hooks|only-allow \w+|is-ci)$/ },
  { script: /^(?:true|exit 0|echo [^$`]*)$/ },
  // They prepare types for editors, from defaults where no settings are there, and the build does it again.
  { script: /^(?:npx )?(?:nuxt|nuxi) prepare$|^(?:npx )?svelte-kit sync$/ },
  { script: /^(?:npx )?patch-package$/, reads: 'patches/' },
  { script: /^(?:npx )?prisma generate$/, reads: 'prisma/' },
];

/** What an install reads in addition to its manifests; undefined when that may be anything: local packages, scripts. */
function readBesideManifests(packageJson: string, context: BuildContext): string[] | undefined {
  let manifest: unknown;
  try {
    manifest = JSON.parse(packageJson);
  } catch {
    return undefined;
  }
  if (typeof manifest !== 'object' || manifest === null) return undefined;
  const { scripts } = manifest as { scripts?: Record<string, unknown> };
  const members = workspaceManifests(manifest, context);
  if (!members || LOCAL_DEPENDENCY.test(packageJson)) return undefined;
  const read = new Set([...SETTINGS.filter((name) => context.files.has(name)), ...members]);
  const hasFolder = (folder: string): boolean => [...context.files.keys()].some((path) => path.startsWith(folder));
  for (const hook of ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare']) {
    const script = scripts !== undefined && Object.hasOwn(scripts, hook) ? String(scripts[hook]) : undefined;
    for (const part of script?.split(/&&|\|\||;/) ?? []) {
      const known = HOOKS.find((one) => one.script.test(part.trim()));
      if (!known || (known.reads !== undefined && !hasFolder(known.reads))) return undefined;
      if (known.reads !== undefined) read.add(known.reads);
    }
  }
  // During installation, the Prisma client is generated from a schema among the sources.
  if (/"@prisma\/client"/.test(packageJson)) {
    if (!context.files.has('prisma/schema.prisma')) return undefined;
    read.add('prisma/');
  }
  if (hasFolder('patches/')) read.add('patches/');
  if (hasFolder('.yarn/')) read.add('.yarn/');
  return [...read];
}
