import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { fixActions, ruleActions } from '../actions/findingActions';
import { optimizeActions } from '../actions/optimizeActions';
import { registryActions } from '../actions/registryActions';
import { canRun } from '../plainClient';
import type { Session } from '../session';

export function codeAction(session: Session, params: CodeActionParams): CodeAction[] {
  const analysis = session.analysisOf(params.textDocument.uri);
  if (!analysis) return [];
  const lookups = session.registryLookups();
  return [
    ...fixActions(session, analysis, params),
    ...optimizeActions(session, analysis, params),
    ...ruleActions(session, analysis, params),
    ...(lookups ? registryActions(session, analysis, params, lookups) : []),
  ].filter(({ command }) => canRun(session, command));
}
