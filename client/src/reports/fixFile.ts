import { type CodeAction, commands, l10n, Range, type Uri, ViewColumn, WorkspaceEdit, window, workspace } from 'vscode';
import type { CheckedFile } from '../../../server/src/protocol';
import type { Client } from '../client';
import { nameOf } from './programRuns';

/** Of so many Dockerfiles inside a file. */
const MAX_INSIDE = 100;

/** Applies all safe fixes of a file in an editor, where they can be undone; returns what is found after that. */
export async function fixFile(client: Client, uri: Uri): Promise<CheckedFile | undefined> {
  const document = await workspace.openTextDocument(uri);
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    new Range(0, 0, document.lineCount, 0),
    'source.fixAll.dockerfileOptimizer',
    // With their edits, which the server makes on demand.
    MAX_INSIDE,
  );
  // One for each Dockerfile inside of it: they do not overlap.
  const edit = new WorkspaceEdit();
  edit.set(
    uri,
    actions.flatMap((action) => action.edit?.get(uri) ?? []),
  );
  if (edit.get(uri).length > 0) {
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: false });
    await workspace.applyEdit(edit);
  } else window.showInformationMessage(l10n.t('{0}: nothing to fix', nameOf(uri)));
  const file = { uri: client.code2ProtocolConverter.asUri(uri), path: nameOf(uri), text: document.getText() };
  return (await client.sendRequest('dockerfile/checkFiles', { files: [file] }))?.files[0];
}
