import type { BuildContext } from '../engine/buildContext';

/** What says which files are kept out of a build: a file beside the Dockerfile, named after it, counts instead of the folder's own. */
export function ignoreFileOf({ files }: BuildContext): string {
  const own = 'Dockerfile.dockerignore';
  return files.has(own) ? own : '.dockerignore';
}
