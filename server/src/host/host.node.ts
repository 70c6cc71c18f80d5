import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildContext } from '../engine/buildContext';
import { findIgnoreFiles } from '../images/scanners/ignoreFiles';
import { isBuildFileName, readBuilds } from '../project/builds/readBuilds';
import { CONFIGURATION_NAMES } from '../project/fileNames';
import type { ProjectFiles } from '../project/projectFiles';
import type { Registry, RegistryOptions } from '../registry/registry';
import { readText } from '../system/readText';
import { readBuildContext } from './buildContext.node';
import { hasBuildKit } from './buildKit.node';
import type { Host } from './host';

/** Everything except what only the language server needs. */
export const nodeHost: Omit<Host, 'openStore'> = {
  ...projectFiles(readText),
  parentOf,
  buildContext: (path) => contextOf(dirname(path)),
  forgetFiles: () => kept.clear(),
  hasBuildKit,
  runShellCheck: async (...request) => (await import('./shellCheck.node')).runShellCheck(...request),
  createRegistry,
  // Scanner code is loaded with the first scan.
  scanDockerfile: async (...request) => (await import('../images/scanDockerfile')).scanDockerfile(...request),
  commitsOf: async (...request) => (await import('../system/commitsOf')).commitsOf(...request),
  findIgnoreFiles,
  // Most users measure nothing: this code is loaded with the first measurement.
  measure: async (...request) => (await import('../images/measureDockerfile')).measureDockerfile(...request),
  verify: async (...request) => (await import('../verify/verifyChanges')).verifyChanges(...request),
  pathOf,
};

/** The files that a project is read from. */
export function projectFiles(
  read: ProjectFiles['readText'],
): Pick<ProjectFiles, 'readText' | 'configurationIn' | 'buildsIn'> {
  return {
    readText: read,
    configurationIn(folder) {
      // Few folders have one: `join` would take longer than the look.
      const name = CONFIGURATION_NAMES.find((one) => existsSync(`${folder}/${one}`));
      if (name === undefined) return undefined;
      const path = join(folder, name);
      return { path, text: read(path) };
    },
    buildsIn(folder) {
      // Most folders that may hold such files do not exist, and throwing an error for each would be slow.
      if (!existsSync(folder)) return [];
      try {
        const names = readdirSync(folder).filter(isBuildFileName);
        if (names.length === 0) return [];
        return readBuilds(new Map(names.map((name) => [name, read(join(folder, name)) ?? ''])));
      } catch {
        return [];
      }
    },
  };
}

/** `file:///tmp/%zz` and the like have no path, nor has `file://server/share` outside of Windows. */
function pathOf(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    const path = fileURLToPath(uri);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Most users never ask a registry: this code is loaded with the first request. */
function createRegistry(options: RegistryOptions): Registry {
  let loading: Promise<Registry> | undefined;
  const load = (): Promise<Registry> => {
    loading ??= Promise.all([import('../registry/registry.node'), import('./store.node')]).then(
      ([{ createRegistry: create }, { CACHE }]) => create({ ...options, cacheFolder: options.cacheFolder ?? CACHE }),
    );
    return loading;
  };
  return {
    image: async (reference, signal) => (await load()).image(reference, signal),
    tags: async (reference, signal) => (await load()).tags(reference, signal),
  };
}

/** The build context is listed at most this often, not at every keystroke. */
const CONTEXT_LIFETIME_MS = 2000;
/** By folder: services can build one Dockerfile with several contexts. */
const kept = new Map<string, { readonly context: BuildContext; readonly until: number }>();

function contextOf(folder: string): BuildContext {
  const now = Date.now();
  for (const [one, { until }] of kept) if (until < now) kept.delete(one);
  const known = kept.get(folder);
  if (known) return known.context;
  const context = readBuildContext(folder);
  kept.set(folder, { context, until: now + CONTEXT_LIFETIME_MS });
  return context;
}

function parentOf(folder: string): string | undefined {
  const parent = dirname(folder);
  return parent === folder ? undefined : parent;
}
