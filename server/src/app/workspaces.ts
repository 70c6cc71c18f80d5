import type { BuildContext } from '../engine/buildContext';

/** A dependency among the sources. */
export const LOCAL_DEPENDENCY = /"(?:file|link|portal|patch):/;
/** Scripts that an install runs, and programs that it links: both may be among the sources. */
const NEEDS_SOURCES = /"(?:preinstall|install|postinstall|prepare|bin)":/;

/**
 * The manifests of the packages in an npm, yarn or pnpm workspace; empty when there is no workspace. Undefined where an
 * install may need more of the packages, or where their folders are not plain or not all known.
 */
export function workspaceManifests(manifest: object, context: BuildContext): string[] | undefined {
  const patterns = patternsOf(manifest, context);
  if (!patterns) return undefined;
  const found = new Set<string>();
  for (const pattern of patterns) {
    const parts = /^(?:\.\/)?([\w@.-]+(?:\/[\w@.-]+)*?)(\/\*)?\/?$/.exec(pattern);
    if (!parts || context.unlisted.some((folder) => folder === '' || folder.startsWith(`${parts[1]}`)))
      return undefined;
    const [, folder = '', below] = parts;
    const members = [...context.files.keys()].filter((path) => {
      const place = path.endsWith('/package.json') ? path.slice(0, -'/package.json'.length) : undefined;
      return (below ? place?.slice(0, place.lastIndexOf('/')) : place) === folder;
    });
    if (members.length === 0) return undefined;
    for (const path of members) found.add(path);
  }
  const texts = [...found].map((path) => context.read(path));
  const arePlain = texts.every(
    (text) => text !== undefined && !NEEDS_SOURCES.test(text) && !LOCAL_DEPENDENCY.test(text),
  );
  return arePlain ? [...found].sort() : undefined;
}

function patternsOf(manifest: object, context: BuildContext): string[] | undefined {
  const { workspaces = [] } = manifest as { workspaces?: unknown };
  const listed = Array.isArray(workspaces) ? workspaces : (workspaces as { packages?: unknown } | null)?.packages;
  if (!Array.isArray(listed) || !listed.every((one) => typeof one === 'string')) return undefined;
  if (!context.files.has('pnpm-workspace.yaml')) return listed;
  const text = context.read('pnpm-workspace.yaml');
  if (text === undefined || /:\s*["']?(?:link|file):/.test(text)) return undefined;
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
  // Since pnpm 10, the file also contains settings, so it may not list any packages.
  const start = lines.findIndex((line) => line.startsWith('packages:'));
  if (start < 0) return listed;
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => /^\w/.test(line));
  const items = below
    .slice(0, end < 0 ? below.length : end)
    .map((line) => /^\s*-\s+["']?([^"'#\s]+)["']?\s*$/.exec(line)?.[1]);
  const areAll = lines[start]?.trimEnd() === 'packages:' && items.every((item) => item !== undefined);
  return areAll ? items.map(String) : undefined;
}
