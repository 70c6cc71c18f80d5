import { l10n, Range, type TextDocument, WorkspaceEdit, window, workspace } from 'vscode';
import type { OptimizeResult } from '../../server/src/protocol';
import { changedPart } from './stepText';

/** The plan's result in one edit: one undo takes all of it back. */
export async function applyPlan(document: TextDocument, { before, after }: OptimizeResult): Promise<void> {
  const { start, end, newText } = changedPart(before, after);
  const edit = new WorkspaceEdit();
  // The user has seen the diff: no second confirmation.
  const annotation = { label: l10n.t('Optimize Dockerfile'), needsConfirmation: false };
  edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), newText, annotation);
  if (!(await workspace.applyEdit(edit))) {
    window.showErrorMessage(l10n.t('The editor did not take the change: is the file read-only?'));
    return;
  }
  await window.showTextDocument(document);
}
