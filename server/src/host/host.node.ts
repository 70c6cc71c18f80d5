import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildContext } from '../engine/buildContext';
import { createRegistry } from '../registry/registry.node';
import { readBuildContext } from './buildContext.node';
import { CONFIGURATION_NAMES, type FoundFile, type Host } from './host';
import { readText } from './readText.node';
import { runShellCheck } from './shellCheck.node';

export const nodeHost: Host = {
  findConfiguration,
  readText,
  buildContext: (path) => contextOf(dirname(path)),
  runShellCheck,
  createRegistry: (options) => createRegistry({ ...options, cacheFolder: options.cacheFolder ?? CACHE }),
  pathOf: (uri) => (uri.startsWith('file:') ? fileURLToPath(uri) : undefined),
};

/** For clients that name no folder of their own. */
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'dockerfile-optimizer');

/** The files beside a Dockerfile are looked at once in a while, not at every key that is typed. */
const CONTEXT_LIFETIME_MS = 2000;
let kept: { readonly folder: string; readonly context: BuildContext; readonly until: number } | undefined;

function contextOf(folder: string): BuildContext {
  const now = Date.now();
  if (kept?.folder !== folder || kept.until < now)
    kept = { folder, context: readBuildContext(folder), until: now + CONTEXT_LIFETIME_MS };
  return kept.context;
}

function findConfiguration(path: string): FoundFile | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    for (const name of CONFIGURATION_NAMES) {
      const file = join(folder, name);
      if (existsSync(file)) return { path: file, text: readText(file) };
    }
    if (dirname(folder) === folder) return undefined;
  }
}
