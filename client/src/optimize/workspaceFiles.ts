import { FileType, type TextDocument, Uri, workspace } from 'vscode';
import type { OptimizeParams } from '../../../server/src/protocol';
import type { Client } from '../client';
import { EXAMPLE_SCHEME } from '../firstSteps/exampleFiles';

const MAX_FILES = 2000;
const MAX_FILE_BYTES = 256 * 1024;
const MAX_BYTES = 4_000_000;
/** Large folders without any file that a plan looks for. */
const SKIPPED = ['node_modules', '.git', '.venv', 'venv', 'target', '__pycache__'];
/** The only file listed of a Python virtual environment. */
const ENVIRONMENT_FILE = 'pyvenv.cfg';
const TEXT =
  /\.(?:py|[cm]?[jt]sx?|rb|php|go|rs|java|kt|cs|c|cc|cpp|h|hpp|sh|conf|cfg|ini|txt|toml|json|xml|mod|lock|ya?ml|gradle|kts|csproj)$|(?:^|\/)[^/.]+$|\.dockerignore$/;

/**
 * The files next to a Dockerfile that the server cannot read itself: in virtual workspaces and in the browser.
 * Undefined for files on disk, and for documents without a folder.
 */
export async function workspaceFiles({ uri }: Pick<TextDocument, 'uri'>): Promise<OptimizeParams['context']> {
  if (uri.scheme === 'file' || uri.scheme === 'untitled') return undefined;
  if (uri.scheme !== EXAMPLE_SCHEME && !workspace.getWorkspaceFolder(uri)) return undefined;
  const folder = Uri.joinPath(uri, '..');
  const { paths, unlisted } = await listFiles(folder);
  const files: { path: string; sizeBytes: number; text?: string }[] = [];
  let bytes = 0;
  for (const path of paths) {
    const file = Uri.joinPath(folder, path);
    const sizeBytes = (await workspace.fs.stat(file)).size;
    const isRead = TEXT.test(path) && sizeBytes <= MAX_FILE_BYTES && bytes + sizeBytes <= MAX_BYTES;
    if (!isRead) {
      files.push({ path, sizeBytes });
      continue;
    }
    bytes += sizeBytes;
    files.push({ path, sizeBytes, text: new TextDecoder().decode(await workspace.fs.readFile(file)) });
  }
  return { files, unlisted };
}

/** Tells the server the files that it cannot list: the figures of a plan depend on them. */
export async function sendFiles(client: Client, document: TextDocument): Promise<void> {
  const context = await workspaceFiles(document);
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  if (context) await client.sendNotification('dockerfile/context', { uri, context });
}

/** Folder by folder, because a search waits forever if the host has no search for such files. */
async function listFiles(root: Uri): Promise<{ paths: string[]; unlisted: string[] }> {
  const paths: string[] = [];
  const unlisted: string[] = [];
  const folders = [''];
  for (const folder of folders) {
    if (paths.length > MAX_FILES) return { paths: paths.slice(0, MAX_FILES), unlisted: [...unlisted, ''] };
    const entries = await workspace.fs.readDirectory(Uri.joinPath(root, folder));
    const marker = entries.find(([name]) => name === ENVIRONMENT_FILE);
    if (marker) unlisted.push(folder.slice(0, -1));
    for (const [name, type] of marker ? [marker] : entries) {
      const path = `${folder}${name}`;
      if (type === FileType.Directory && !SKIPPED.includes(name)) folders.push(`${path}/`);
      else if (type & FileType.Directory) unlisted.push(path);
      else paths.push(path);
    }
  }
  return { paths, unlisted };
}
