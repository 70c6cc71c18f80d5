import { Range, Uri, type WorkspaceEdit, workspace } from 'vscode';
import type { OptimizeResult } from '../../../server/src/protocol';

/**
 * Applies an edit together with files beside a Dockerfile, so that one undo reverts all. False: nothing was written.
 * Never overwrites: neither a file that has appeared nor one that is another since it was read.
 */
export async function writeFiles(
  edit: WorkspaceEdit,
  dockerfile: Uri,
  files: OptimizeResult['files'],
): Promise<boolean> {
  const extended = [];
  for (const { path, before, after } of files) {
    const uri = Uri.joinPath(dockerfile, '..', path);
    if (before === undefined) {
      edit.createFile(uri, { contents: new TextEncoder().encode(after) });
      continue;
    }
    const document = await workspace.openTextDocument(uri);
    if (document.getText() !== before) return false;
    edit.replace(uri, new Range(0, 0, document.lineCount, 0), after);
    extended.push(document);
  }
  if (!(await workspace.applyEdit(edit))) return false;
  for (const document of extended) await document.save();
  return true;
}
