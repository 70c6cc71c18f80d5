import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { suppressionReasonRule } from '../../engine/builtinRules';
import type { EffectiveConfig } from '../../engine/config';
import { isApplied } from '../../engine/fixChoices';
import type { Finding, Fix } from '../../engine/rule';
import { ruleSetOf } from '../../engine/ruleSet';
import { ignoreInFile, ignoreOnInstruction } from '../../engine/suppressionEdits';
import type { Localize } from '../../l10n/localize';
import type { AskReasonArguments } from '../../protocol';
import { minimalEdits, type TextEdit } from '../../text/edits';
import { spansMeet } from '../../text/span';
import type { Analysis } from '../analyses';
import { ASK_REASON_COMMAND, SHOW_RULE_COMMAND } from '../commandNames';
import { toSpan, toTextEdit } from '../convert';
import { diagnosticsOf } from '../diagnostics';
import type { Session } from '../session';
import { FIX_ALL, wantsKind } from './kinds';
import { workspaceEdit } from './workspaceEdit';

/** Sent first to a client that can resolve code actions: the edit is computed when the action is chosen. */
export interface FixAllData {
  readonly uri: string;
  readonly version: number;
  /** Only this rule's fixes. */
  readonly ruleId?: string;
}

/** Every fix of the findings in the range, fix all, ignore, and the rule's page. */
export function findingActions(session: Session, analysis: Analysis, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  const wants = (kind: string) => wantsKind(only, kind);
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const diagnostics = diagnosticsOf(analysis, session.engine.localize);
    const span = toSpan(analysis.lines, params.range);
    const indexes = analysis.findings.flatMap((finding, index) => (spansMeet(finding.span, span) ? [index] : []));
    for (const index of indexes) {
      const finding = analysis.findings[index];
      const diagnostic = diagnostics[index];
      if (finding && diagnostic) actions.push(...fixActions(session, analysis, finding, diagnostic));
    }
    const findings = indexes.flatMap((index) => analysis.findings[index] ?? []);
    actions.push(...ruleActions(session, analysis, findings));
  }
  // As a quick fix it would be in the list twice; source actions are for on-save and the Source Action menu.
  if (only?.length && wants(FIX_ALL) && hasAppliedFix(analysis.findings)) {
    actions.push(fixAllAction(session, analysis, session.engine.localize('Fix all safe findings'), FIX_ALL));
  }
  return actions;
}

function fixActions(session: Session, analysis: Analysis, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  return finding.fixes
    .filter((fix) => fix.edits.length > 0)
    .map((fix) => ({
      title: titleOf(fix, session.engine.localize),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: isApplied(fix, 'safe'),
      edit: workspaceEdit(session, analysis, fix.edits),
    }));
}

function titleOf({ title, safety }: Fix, localize: Localize): string {
  return safety === 'unsafe' ? localize('{title} (may change behavior)', { title }) : title;
}

/** Once per rule, no matter how many of its findings are in the range. */
function ruleActions(session: Session, analysis: Analysis, findings: readonly Finding[]): CodeAction[] {
  const { localize, rules } = session.engine;
  const { names } = ruleSetOf(rules, analysis.config.customRules);
  const actions: CodeAction[] = [];
  for (const finding of findings.filter(
    (one, index) => findings.findIndex((other) => nameOf(other) === nameOf(one)) === index,
  )) {
    const { ruleId, span } = finding;
    if (analysis.findings.filter((one) => one.ruleId === ruleId && hasAppliedFix([one])).length > 1) {
      const title = localize('Fix all {rule} in this file', { rule: ruleId });
      actions.push(fixAllAction(session, analysis, title, CodeActionKind.QuickFix, ruleId));
    }
    const name = nameOf(finding);
    const setup = {
      dockerfile: analysis.dockerfile,
      names,
      today: session.engine.knowledge.today,
      isSeparate: asksReason(session, analysis),
    };
    const ignores: [string, TextEdit | undefined][] = [
      [localize('Ignore {name} for this instruction', { name }), ignoreOnInstruction(setup, name, span.start)],
      [localize('Ignore {name} in this file', { name }), ignoreInFile(setup, name)],
    ];
    for (const [title, edit] of ignores) if (edit) actions.push(ignoreAction(session, analysis, title, edit, name));
    if (finding.customRule) continue;
    const title = localize('Explain {rule}', { rule: ruleId });
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      command: { title, command: SHOW_RULE_COMMAND, arguments: [ruleId] },
    });
  }
  return actions;
}

/** Only our extension can ask for a reason. */
function asksReason({ isOurExtension, settings }: Session, { config }: Analysis): boolean {
  return isOurExtension && (settings.askForReason || isReasonRequired(config));
}

function isReasonRequired(config: EffectiveConfig): boolean {
  return config.severityOf(suppressionReasonRule.id) !== 'off';
}

function ignoreAction(session: Session, analysis: Analysis, title: string, edit: TextEdit, name: string): CodeAction {
  const kind = CodeActionKind.QuickFix;
  if (!asksReason(session, analysis)) return { title, kind, edit: workspaceEdit(session, analysis, [edit]) };
  const { uri, version, config } = analysis;
  const ask: AskReasonArguments = {
    uri,
    version,
    ...toTextEdit(analysis.lines, edit),
    reasonAt: edit.newText.lastIndexOf(name) + name.length,
    isRequired: isReasonRequired(config),
  };
  return { title, kind, command: { title, command: ASK_REASON_COMMAND, arguments: [ask] } };
}

/** The name to ignore: a single ShellCheck code rather than everything that ShellCheck finds. */
function nameOf({ code, ruleId }: Finding): string {
  return code ?? ruleId;
}

function hasAppliedFix(findings: readonly Finding[]): boolean {
  return findings.some(({ fixes }) => fixes.some((fix) => isApplied(fix, 'safe')));
}

function fixAllAction(session: Session, analysis: Analysis, title: string, kind: string, ruleId?: string): CodeAction {
  const { uri, version } = analysis;
  const data: FixAllData = { uri, version, ...(ruleId === undefined ? {} : { ruleId }) };
  if (canResolve(session)) return { title, kind, data };
  return { title, kind, edit: fixAllEdit(session, analysis, ruleId) };
}

function canResolve({ capabilities }: Session): boolean {
  return capabilities.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true;
}

/** The edit of a fix-all action: it changes as few characters as possible. */
export function fixAllEdit(session: Session, analysis: Analysis, ruleId: string | undefined): WorkspaceEdit {
  const { text, config, buildContext, measured } = analysis;
  const rules = ruleId === undefined ? {} : { rules: new Set([ruleId]) };
  const fixed = session.engine.fixAll(text, { upTo: 'safe', config, buildContext, measured, ...rules }).text;
  return workspaceEdit(session, analysis, minimalEdits(text, fixed));
}
