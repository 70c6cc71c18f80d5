import { type CancellationToken, type Uri, workspace } from 'vscode';
import { DOCKERFILES } from '../fileNames';

const OTHER = /\.(?:dockerignore|containerignore|md|txt|ya?ml|json|bak|orig|rej|swp|swo|tmp)$|~$/i;
const SKIPPED = '**/{node_modules,.git}/**';
const MAX_FILES = 5000;

export interface FoundDockerfiles {
  /** Sorted by path. */
  readonly uris: readonly Uri[];
  /** There are more than the limit. */
  readonly isCutOff: boolean;
}

/** The Dockerfiles of the workspace. */
export async function dockerfilesInWorkspace(token?: CancellationToken): Promise<FoundDockerfiles> {
  const found = await workspace.findFiles(DOCKERFILES, SKIPPED, MAX_FILES + 1, token);
  const uris = found.filter(({ path }) => !OTHER.test(path)).toSorted((a, b) => compare(a.path, b.path));
  return { uris: uris.slice(0, MAX_FILES), isCutOff: found.length > MAX_FILES };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
