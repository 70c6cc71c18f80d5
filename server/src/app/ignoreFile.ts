import type { BuildContext } from '../engine/buildContext';

/**
 * The ignore file that applies: one beside the Dockerfile and named after it takes precedence over that of the folder.
 */
export function ignoreFileOf({ files }: BuildContext): string {
  const own = 'Dockerfile.dockerignore';
  return files.has(own) ? own : '.dockerignore';
}

/** Of a folder or of one Dockerfile. */
export function isIgnoreFile(path: string): boolean {
  return path.endsWith('.dockerignore');
}
