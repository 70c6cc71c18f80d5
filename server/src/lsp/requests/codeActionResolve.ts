import type { CodeAction } from 'vscode-languageserver';
import { type FixAllData, fixAllEdit } from '../actions/findingActions';
import type { Session } from '../session';

/** Computes the edit of a fix-all action once it is chosen. */
export function codeActionResolve(session: Session, action: CodeAction): CodeAction {
  const data = action.data as FixAllData | undefined;
  const analysis = data && session.analysesIn(data.uri)[data.index ?? 0];
  // The document has changed: an edit for the old text would hit the wrong places.
  if (!analysis || analysis.version !== data.version) return action;
  return { ...action, edit: fixAllEdit(session, analysis, data.ruleId) };
}
