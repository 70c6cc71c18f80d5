import { type Disposable, FileType, Uri, workspace } from 'vscode';
import type { ProjectFilesParams } from '../../server/src/protocol';
import type { Client } from './client';
import { CONFIGURATION, CONFIGURATIONS } from './fileNames';

const MAX_BYTES = 1024 * 1024;

/**
 * Sends the server the files that it would read itself if it had a file system: configuration files in the folder of
 * each open Dockerfile and in the folders above it.
 */
export function sendProjectFiles(client: Client): Disposable[] {
  let sending = Promise.resolve();
  const send = (): void => {
    sending = sending.then(async () => {
      const files = await readAll();
      if (client.isRunning()) await client.sendNotification('dockerfile/projectFiles', { files });
    });
  };
  const watcher = workspace.createFileSystemWatcher(CONFIGURATIONS);
  return [
    watcher,
    watcher.onDidChange(send),
    watcher.onDidCreate(send),
    watcher.onDidDelete(send),
    workspace.onDidOpenTextDocument(({ languageId }) => {
      if (languageId === 'dockerfile') send();
    }),
    // Also after the server was restarted.
    client.onDidChangeState(send),
  ];
}

async function readAll(): Promise<ProjectFilesParams['files']> {
  const folders = new Map<string, Uri>();
  for (const { uri, languageId } of workspace.textDocuments) {
    const top = languageId === 'dockerfile' ? workspace.getWorkspaceFolder(uri)?.uri : undefined;
    if (top) for (const folder of foldersUpTo(top, uri)) folders.set(folder.toString(), folder);
  }
  return (await Promise.all([...folders.values()].map(readFolder))).flat();
}

function foldersUpTo(top: Uri, file: Uri): Uri[] {
  const folders: Uri[] = [];
  for (let folder = Uri.joinPath(file, '..'); folder.path.startsWith(top.path); folder = Uri.joinPath(folder, '..')) {
    folders.push(folder);
    if (folder.path === top.path || folder.path === '/') break;
  }
  return folders;
}

/** Unreadable files count as missing: a host may lose its connection. */
async function readFolder(folder: Uri): Promise<ProjectFilesParams['files']> {
  try {
    const names = (await workspace.fs.readDirectory(folder)).filter(
      ([name, type]) => CONFIGURATION.test(name) && (type & FileType.Directory) === 0,
    );
    return await Promise.all(
      names.map(async ([name]) => {
        const file = Uri.joinPath(folder, name);
        const bytes = await workspace.fs.readFile(file);
        return { uri: file.toString(), text: new TextDecoder().decode(bytes.subarray(0, MAX_BYTES)) };
      }),
    );
  } catch {
    return [];
  }
}
