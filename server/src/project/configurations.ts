import type { FoundFile, ProjectFiles } from './projectFiles';

/** Finds the configuration that holds in a folder: in it or in the nearest one around it. Each folder is looked at once. */
export function createConfigurationFinder(
  host: Pick<ProjectFiles, 'configurationIn' | 'parentOf'>,
): (folder: string) => FoundFile | undefined {
  const known = new Map<string, FoundFile | undefined>();
  const find = (folder: string): FoundFile | undefined => {
    if (known.has(folder)) return known.get(folder);
    const parent = host.parentOf(folder);
    const found = host.configurationIn(folder) ?? (parent === undefined ? undefined : find(parent));
    known.set(folder, found);
    return found;
  };
  return find;
}
