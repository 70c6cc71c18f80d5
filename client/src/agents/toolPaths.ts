import { l10n, Uri, workspace } from 'vscode';
import { MAIN_DOCKERFILES } from '../fileNames';

/** A hostile name is not repeated at full length. */
const MAX_SHOWN = 200;

/**
 * Where a path of an agent leads: absolute, or relative to a folder of the workspace.
 * @throws Error when it is outside of the workspace or not there
 */
export async function placeOf(path: unknown): Promise<Uri> {
  const shown = String(path).slice(0, MAX_SHOWN);
  for (const uri of candidates(String(path))) if (isInWorkspace(uri) && (await exists(uri))) return uri;
  throw new Error(l10n.t('{0}: not in the workspace', shown));
}

/** @throws Error when there is none */
export async function dockerfileIn(folder: Uri): Promise<Uri> {
  for (const name of MAIN_DOCKERFILES) {
    const uri = Uri.joinPath(folder, name);
    if (await exists(uri)) return uri;
  }
  throw new Error(l10n.t('{0}: no Dockerfile in this folder', folder.path.slice(0, MAX_SHOWN)));
}

function candidates(path: string): Uri[] {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const relative = folders.map((folder) => Uri.joinPath(folder, path));
  if (/^[a-z][\w+.-]+:\/\//i.test(path)) return [Uri.parse(path, true)];
  // In a remote workspace, an absolute path is one of that machine.
  const absolute = folders.map((folder) =>
    folder.with({ path: path.replaceAll('\\', '/').replace(/^(?=[a-z]:)/i, '/') }),
  );
  return /^(?:[/\\]|[a-z]:)/i.test(path) ? absolute : relative;
}

function isInWorkspace(uri: Uri): boolean {
  return workspace.getWorkspaceFolder(uri) !== undefined;
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
