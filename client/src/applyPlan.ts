import { l10n, Range, type TextDocument, WorkspaceEdit, workspace } from 'vscode';
import type { OptimizeResult } from '../../server/src/protocol';
import { changesOf, groupChanges } from './planChanges';

/**
 * The whole plan in one edit, so that one undo takes it back; false when the editor did not take it.
 * With `isReviewed` it opens in the Refactor Preview, where changes that may alter behaviour have to be ticked.
 */
export function applyPlan(document: TextDocument, plan: OptimizeResult, isReviewed: boolean): Thenable<boolean> {
  const edit = new WorkspaceEdit();
  const groups = groupChanges(changesOf(plan));
  // The editor opens the preview only when something needs confirming: without unsafe changes all do.
  const isAllSafe = groups.every(({ isUnsafe }) => !isUnsafe);
  for (const { steps, changes, isUnsafe } of groups) {
    const annotation = {
      label: steps.map(({ title }) => title).join('; '),
      needsConfirmation: isReviewed && (isUnsafe || isAllSafe),
      ...(isUnsafe ? { description: l10n.t('may change behaviour') } : {}),
    };
    for (const { start, end, newText } of changes) {
      edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), newText, annotation);
    }
  }
  return workspace.applyEdit(edit);
}
