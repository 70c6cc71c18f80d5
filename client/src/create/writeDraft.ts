import { l10n, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { editFile } from '../optimize/applyPlan';
import type { Draft, Drafts } from './drafts';

/** Writes all files in one edit, so that one undo removes them, and opens the Dockerfile. */
export async function writeDraft(drafts: Drafts, { dockerfile, created }: Draft): Promise<void> {
  const edit = new WorkspaceEdit();
  editFile(edit, dockerfile, { after: created.text });
  const extended = [];
  for (const file of created.files) {
    const uri = Uri.joinPath(dockerfile, '..', file.path);
    editFile(edit, uri, file);
    if (file.before !== undefined)
      extended.push({ before: file.before, document: await workspace.openTextDocument(uri) });
  }
  const isCurrent = extended.every(({ document, before }) => document.getText() === before);
  if (!isCurrent || !(await workspace.applyEdit(edit))) {
    window.showErrorMessage(l10n.t('Nothing was written: a file already exists, is read-only or has changed'));
    return;
  }
  for (const { document } of extended) await document.save();
  await drafts.end();
  await window.showTextDocument(dockerfile, { preview: false });
}
