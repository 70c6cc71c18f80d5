import { l10n, WorkspaceEdit, window } from 'vscode';
import { writeFiles } from '../optimize/writeFiles';
import type { Draft, Drafts } from './drafts';

/** Writes all files in one edit, so that one undo removes them, and opens the Dockerfile. */
export async function writeDraft(drafts: Drafts, { dockerfile, created }: Draft): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.createFile(dockerfile, { contents: new TextEncoder().encode(created.text) });
  if (!(await writeFiles(edit, dockerfile, created.files))) {
    window.showErrorMessage(l10n.t('Nothing was written: a file already exists, is read-only or has changed'));
    return;
  }
  await drafts.end();
  await window.showTextDocument(dockerfile, { preview: false });
}
