import type { BuildContext } from '../engine/buildContext';
import { type Dockerignore, parseDockerignore } from '../engine/dockerignore';

/**
 * The ignore file that applies: one beside the Dockerfile and named after it takes precedence over that of the folder.
 */
export function ignoreFileOf({ files }: BuildContext): string {
  const own = 'Dockerfile.dockerignore';
  return files.has(own) ? own : '.dockerignore';
}

/** What it leaves out. */
export function dockerignoreOf(context: BuildContext): Dockerignore | undefined {
  return parseDockerignore(context.read(ignoreFileOf(context)) ?? '');
}

/** Of a folder or of one Dockerfile. */
export function isIgnoreFile(path: string): boolean {
  return path.endsWith('.dockerignore');
}
