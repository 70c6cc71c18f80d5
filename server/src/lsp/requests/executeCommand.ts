import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type Command,
  type Connection,
  CreateFile,
  type ExecuteCommandParams,
  MessageType,
  ShowMessageNotification,
  TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import { rulePageUrl } from '../../engine/rulePageUrl';
import type { OptimizeParams, OptimizeResult } from '../../protocol';
import { minimalEdits } from '../../text/edits';
import { createLineIndex } from '../../text/lineIndex';
import { type ActionContext, wantsKind, workspaceEdit } from '../actions/findingActions';
import { OPTIMIZE_COMMAND, OPTIMIZE_STAGE_COMMAND, SHOW_RULE_COMMAND } from '../commandNames';
import { toTextEdit } from '../convert';
import type { Analysis } from '../documents';

export const OPTIMIZE_KIND = `${CodeActionKind.RefactorRewrite}.dockerfileOptimizer`;

export interface PlainClientSetup {
  readonly connection: Connection;
  readonly capabilities: ClientCapabilities;
  readonly engine: Engine;
  readonly context: ActionContext;
  analysisOf(uri: string): Analysis | undefined;
  optimize(analysis: Analysis, params: OptimizeParams): Promise<OptimizeResult>;
}

/** In editors without our extension the server itself runs what actions and lenses ask for. */
export interface PlainClient {
  /** What this editor gives a server the means for. */
  readonly commands: readonly string[];
  /** Optimize Dockerfile, which our extension has a menu for. */
  actions(uri: string, only: readonly string[] | undefined): readonly CodeAction[];
  canRun(command: Command | undefined): boolean;
  run(params: ExecuteCommandParams): Promise<void>;
}

export function createPlainClient(setup: PlainClientSetup): PlainClient {
  const { connection, capabilities, engine } = setup;
  const { localize } = engine;
  const commands = [
    ...(capabilities.workspace?.applyEdit ? [OPTIMIZE_COMMAND, OPTIMIZE_STAGE_COMMAND] : []),
    ...(capabilities.window?.showDocument?.support ? [SHOW_RULE_COMMAND] : []),
  ];
  const tell = (type: MessageType, message: string) =>
    connection.sendNotification(ShowMessageNotification.type, { type, message });

  const optimizeDocument = async (uri: unknown, line: unknown): Promise<void> => {
    const analysis = typeof uri === 'string' ? setup.analysisOf(uri) : undefined;
    if (!analysis) return tell(MessageType.Warning, localize('This file is not open as a Dockerfile'));
    const plan = await planFor(setup, analysis, typeof line === 'number' ? { stageLine: line } : {});
    if (plan.before === plan.after && plan.files.length === 0)
      return tell(MessageType.Info, localize('Nothing to optimize'));
    const label = localize('Optimize Dockerfile');
    const { applied, failureReason } = await connection.workspace.applyEdit({
      label,
      edit: editOf(setup.context, analysis, plan),
    });
    if (applied)
      return tell(MessageType.Info, localize('Dockerfile optimized; steps: {count}', { count: plan.steps.length }));
    const reason = failureReason ?? localize('the editor rejected the edit');
    return tell(MessageType.Error, localize('Dockerfile not optimized: {reason}', { reason }));
  };

  const showRule = async (rule: unknown): Promise<void> => {
    if (engine.rules.some(({ meta }) => meta.id === rule))
      await connection.window.showDocument({ uri: rulePageUrl(String(rule)), external: true });
  };

  return {
    commands,
    canRun: (command) => command === undefined || commands.includes(command.command),
    actions(uri, only) {
      if (!commands.includes(OPTIMIZE_COMMAND) || !wantsKind(only, OPTIMIZE_KIND) || !setup.analysisOf(uri)) return [];
      const title = localize('Optimize Dockerfile');
      return [{ title, kind: OPTIMIZE_KIND, command: { title, command: OPTIMIZE_COMMAND, arguments: [uri] } }];
    },
    async run({ command, arguments: [first, second] = [] }) {
      if (command === OPTIMIZE_COMMAND) await optimizeDocument(first, undefined);
      else if (command === OPTIMIZE_STAGE_COMMAND) await optimizeDocument(first, second);
      else if (command === SHOW_RULE_COMMAND) await showRule(first);
    },
  };
}

/** Where files cannot be made, without the steps that make some: a Dockerfile that counts on them would not build. */
async function planFor(
  { capabilities, optimize }: PlainClientSetup,
  analysis: Analysis,
  part: Partial<OptimizeParams>,
): Promise<OptimizeResult> {
  const params: OptimizeParams = { uri: analysis.uri, ...part };
  const plan = await optimize(analysis, params);
  const { documentChanges, resourceOperations } = capabilities.workspace?.workspaceEdit ?? {};
  if (documentChanges && resourceOperations?.includes('create')) return plan;
  const without = plan.steps.filter(({ files = [] }) => files.length > 0).map(({ id }) => id);
  return without.length === 0 ? plan : await optimize(analysis, { ...params, without });
}

/** As few characters as the result differs in: cursors and marks elsewhere stay where they are. */
function editOf(context: ActionContext, analysis: Analysis, plan: OptimizeResult): WorkspaceEdit {
  const own = workspaceEdit(context, analysis, minimalEdits(plan.before, plan.after));
  const others = plan.files.flatMap(({ path, before, after }) => {
    const uri = besideUri(analysis.uri, path);
    const lines = createLineIndex(before ?? '');
    const edits = minimalEdits(before ?? '', after).map((edit) => toTextEdit(lines, edit));
    const edit = TextDocumentEdit.create({ uri, version: null }, edits);
    return before === undefined ? [CreateFile.create(uri), edit] : [edit];
  });
  return others.length === 0 ? own : { documentChanges: [...others, ...(own.documentChanges ?? [])] };
}

/** The path may lead out of the folder: the build context may be around it. */
function besideUri(uri: string, path: string): string {
  const parts = uri.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else parts.push(encodeURIComponent(part));
  }
  return parts.join('/');
}
