import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { findingActions } from '../actions/findingActions';
import { registryActions } from '../actions/registryActions';
import { canRun, optimizeActions } from '../plainClient';
import type { Session } from '../session';

export function codeAction(session: Session, params: CodeActionParams): CodeAction[] {
  const analysis = session.analysisOf(params.textDocument.uri);
  if (!analysis) return [];
  const lookups = session.registryLookups();
  return [
    ...findingActions(session, analysis, params),
    ...(lookups ? registryActions(session, analysis, params, lookups) : []),
    ...optimizeActions(session, analysis.uri, params.context.only),
  ].filter(({ command }) => canRun(session, command));
}
