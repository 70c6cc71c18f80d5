import { l10n, Range, type TextDocument, Uri, WorkspaceEdit, type WorkspaceEditEntryMetadata, workspace } from 'vscode';
import type { OptimizeResult } from '../../../server/src/protocol';
import { partsOf } from './planChanges';

/**
 * Applies the whole plan in one edit, so that one undo reverts it; false if the editor did not apply it. With
 * `isReviewed` it opens in the Refactor Preview, where parts that may change behavior have to be ticked.
 */
export function applyPlan(document: TextDocument, plan: OptimizeResult, isReviewed: boolean): Thenable<boolean> {
  const edit = new WorkspaceEdit();
  const parts = partsOf(plan);
  // The editor opens the preview only if something needs confirmation: without unsafe parts, all parts do.
  const isAllSafe = parts.every(({ isUnsafe }) => !isUnsafe);
  for (const { start, end, newText, steps, isUnsafe } of parts) {
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), newText, {
      label: steps.map(({ title }) => title).join('; '),
      needsConfirmation: isReviewed && (isUnsafe || isAllSafe),
      ...(isUnsafe ? { description: l10n.t('may change behavior') } : {}),
    });
  }
  for (const file of plan.files)
    editFile(edit, Uri.joinPath(document.uri, '..', file.path), file, {
      label: file.path,
      needsConfirmation: isReviewed,
    });
  return workspace.applyEdit(edit);
}

/** Never overwrites: if a new file exists when the edit is applied, the edit fails. */
export function editFile(
  edit: WorkspaceEdit,
  uri: Uri,
  { before, after }: Pick<OptimizeResult['files'][number], 'before' | 'after'>,
  label?: WorkspaceEditEntryMetadata,
): void {
  if (before === undefined) edit.createFile(uri, { contents: new TextEncoder().encode(after) }, label);
  else edit.replace(uri, new Range(0, 0, before.split('\n').length, 0), after, label);
}
