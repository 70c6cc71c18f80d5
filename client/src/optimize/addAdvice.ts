import { l10n, Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { AdviceParams } from '../../../server/src/protocol';
import type { Client } from '../client';

/** Adds the advice of a dropped step, or a rule that is turned off, to the configuration of a Dockerfile, and shows it. */
export async function addAdvice(client: Client, source: Uri, advice: AdviceParams['advice']): Promise<void> {
  const uri = client.code2ProtocolConverter.asUri(source);
  const result = await client.sendRequest('dockerfile/adviseConfiguration', { uri, advice });
  if (!result.ok) {
    window.showWarningMessage(result.reason);
    return;
  }
  const { path, before, after } = result;
  const file = Uri.file(path);
  const edit = new WorkspaceEdit();
  if (before === undefined) edit.createFile(file, { contents: new TextEncoder().encode(after) });
  else {
    const document = await workspace.openTextDocument(file);
    const text = document.getText();
    // The server reads the file, not the editor.
    if (document.isDirty || text !== before) {
      window.showWarningMessage(l10n.t('Save {0} first', workspace.asRelativePath(file)));
      return;
    }
    if (after !== before)
      edit.replace(file, new Range(document.positionAt(0), document.positionAt(text.length)), after);
  }
  await workspace.applyEdit(edit);
  const document = await workspace.openTextDocument(file);
  await document.save();
  await window.showTextDocument(document, { preview: true, preserveFocus: true });
}
