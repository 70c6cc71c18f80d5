import { type Uri, workspace } from 'vscode';
import type { FileToCheck } from '../../../server/src/protocol';
import type { Client } from '../client';

/** Includes the text if the server has no file system to read it from. */
export async function fileToCheck(client: Client, uri: Uri): Promise<FileToCheck> {
  const file = { uri: client.code2ProtocolConverter.asUri(uri), path: workspace.asRelativePath(uri) };
  if (uri.scheme === 'file') return file;
  try {
    return { ...file, text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch {
    // The server reports that it cannot be read.
    return file;
  }
}
