import { type CancellationToken, type Uri, workspace } from 'vscode';
import { DOCKERFILES, HOSTS } from '../fileNames';

const OTHER = /\.(?:dockerignore|containerignore|md|txt|ya?ml|json|bak|orig|rej|swp|swo|tmp)$|~$/i;
const SKIPPED = '**/{node_modules,.git}/**';
const MAX_FILES = 5000;

interface FoundFiles {
  /** Sorted by path. */
  readonly uris: readonly Uri[];
  /** There are more than the limit. */
  readonly isCutOff: boolean;
}

/** The Dockerfiles of the workspace. */
export async function dockerfilesInWorkspace(token?: CancellationToken): Promise<FoundFiles> {
  const found = await workspace.findFiles(DOCKERFILES, SKIPPED, MAX_FILES + 1, token);
  return sorted(
    found.filter(({ path }) => !OTHER.test(path)),
    found.length,
  );
}

/** Also the files that may hold a Dockerfile. */
export async function filesToCheck(token: CancellationToken): Promise<FoundFiles> {
  const [{ uris, isCutOff }, hosts] = await Promise.all([
    dockerfilesInWorkspace(token),
    workspace.findFiles(HOSTS, SKIPPED, MAX_FILES + 1, token),
  ]);
  const all = sorted([...uris, ...hosts], uris.length + hosts.length);
  return { uris: all.uris, isCutOff: isCutOff || all.isCutOff };
}

function sorted(found: readonly Uri[], count: number): FoundFiles {
  const uris = found.toSorted((a, b) => compare(a.path, b.path));
  return { uris: uris.slice(0, MAX_FILES), isCutOff: count > MAX_FILES };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
