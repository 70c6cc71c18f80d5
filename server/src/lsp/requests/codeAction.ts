import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { fixActions, ruleActions } from '../actions/findingActions';
import { optimizeActions } from '../actions/optimizeActions';
import { registryActions } from '../actions/registryActions';
import { hasEdits } from '../actions/workspaceEdit';
import type { Analysis } from '../analyses';
import { isInside } from '../insideDocument';
import { canRun } from '../plainClient';
import type { Session } from '../session';

/** Of the Dockerfiles that the range touches: several can be inside one document. */
export function codeAction(session: Session, params: CodeActionParams): CodeAction[] {
  return session
    .analysesIn(params.textDocument.uri)
    .filter((analysis) => isInside(analysis, params.range))
    .flatMap((analysis) => actionsFor(session, analysis, params))
    .filter(({ command, edit }) => canRun(session, command) && (!edit || hasEdits(edit)));
}

function actionsFor(session: Session, analysis: Analysis, params: CodeActionParams): CodeAction[] {
  const lookups = session.registryLookups();
  return [
    ...fixActions(session, analysis, params),
    ...optimizeActions(session, analysis, params),
    ...ruleActions(session, analysis, params),
    ...(lookups ? registryActions(session, analysis, params, lookups) : []),
  ];
}
