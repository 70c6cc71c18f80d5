import {
  CreateFile,
  type ExecuteCommandParams,
  MessageType,
  ShowMessageNotification,
  TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { rulePageUrl } from '../../engine/rulePageUrl';
import type { OptimizeParams, OptimizeResult } from '../../protocol';
import { minimalEdits } from '../../text/edits';
import { createLineIndex } from '../../text/lineIndex';
import { documentEdit } from '../actions/workspaceEdit';
import type { Analysis } from '../analyses';
import { OPTIMIZE_COMMAND, OPTIMIZE_STAGE_COMMAND, SHOW_RULE_COMMAND } from '../commandNames';
import { toTextEdit } from '../convert';
import type { Session } from '../session';
import { analysisFor, planFor } from './optimize';

/** For editors without our extension: runs the commands of actions and lenses. */
export async function executeCommand(session: Session, params: ExecuteCommandParams): Promise<void> {
  const { command, arguments: [first, second] = [] } = params;
  if (session.isOurExtension) return;
  const line = typeof second === 'number' ? second : undefined;
  if (command === OPTIMIZE_COMMAND) await optimizeDocument(session, first, { inlineLine: line });
  else if (command === OPTIMIZE_STAGE_COMMAND) await optimizeDocument(session, first, { stageLine: line });
  else if (command === SHOW_RULE_COMMAND) await showRule(session, first);
}

async function optimizeDocument(session: Session, uri: unknown, part: Partial<OptimizeParams>): Promise<void> {
  const { connection, engine } = session;
  const { localize } = engine;
  const tell = (type: MessageType, message: string) =>
    connection.sendNotification(ShowMessageNotification.type, { type, message });
  const analysis = typeof uri === 'string' ? analysisFor(session, { uri, ...part }) : undefined;
  if (!analysis) return tell(MessageType.Warning, localize('This file is not open as a Dockerfile'));
  const plan = makeablePlan(session, analysis, part);
  if (plan.before === plan.after && plan.files.length === 0)
    return tell(MessageType.Info, localize('Nothing to optimize'));
  const label = localize('Optimize Dockerfile');
  const { applied, failureReason } = await connection.workspace.applyEdit({
    label,
    edit: editOf(session, analysis, plan),
  });
  if (applied)
    return tell(MessageType.Info, localize('Dockerfile optimized; steps: {count}', { count: plan.steps.length }));
  const reason = failureReason ?? localize('the editor rejected the edit');
  return tell(MessageType.Error, localize('Dockerfile not optimized: {reason}', { reason }));
}

async function showRule({ connection, engine }: Session, rule: unknown): Promise<void> {
  if (engine.rules.some(({ meta }) => meta.id === rule))
    await connection.window.showDocument({ uri: rulePageUrl(String(rule)), external: true });
}

/**
 * If the client cannot create files, leaves out the steps that write some: without those files the Dockerfile would not
 * build.
 */
function makeablePlan(session: Session, analysis: Analysis, part: Partial<OptimizeParams>): OptimizeResult {
  const params: OptimizeParams = { uri: analysis.uri, ...part };
  const plan = planFor(session, analysis, params);
  const { documentChanges, resourceOperations } = session.capabilities.workspace?.workspaceEdit ?? {};
  if (documentChanges && resourceOperations?.includes('create')) return plan;
  const without = plan.steps.filter(({ files = [] }) => files.length > 0).map(({ id }) => id);
  return without.length === 0 ? plan : planFor(session, analysis, { ...params, without });
}

/** Changes as few characters as possible, so that cursors and marks elsewhere stay where they are. */
function editOf(session: Session, analysis: Analysis, plan: OptimizeResult): WorkspaceEdit {
  const own = documentEdit(session, analysis, minimalEdits(plan.before, plan.after));
  const others = plan.files.flatMap(({ path, before, after }) => {
    const uri = besideUri(analysis.uri, path);
    const lines = createLineIndex(before ?? '');
    const edits = minimalEdits(before ?? '', after).map((edit) => toTextEdit(lines, edit));
    const edit = TextDocumentEdit.create({ uri, version: null }, edits);
    return before === undefined ? [CreateFile.create(uri), edit] : [edit];
  });
  return others.length === 0 ? own : { documentChanges: [...others, ...(own.documentChanges ?? [])] };
}

/** The path may contain `..`, because the build context may be a parent folder. */
function besideUri(uri: string, path: string): string {
  const parts = uri.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else parts.push(encodeURIComponent(part));
  }
  return parts.join('/');
}
