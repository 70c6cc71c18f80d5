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
import type { TextEdit } from '../../text/edits';
import { spansMeet } from '../../text/span';
import type { Analysis } from '../analyses';
import { ASK_REASON_COMMAND, SHOW_RULE_COMMAND, TURN_OFF_COMMAND } from '../commandNames';
import { toSpan, toTextEdit } from '../convert';
import { diagnosticsOf } from '../diagnostics';
import { isRewritable } from '../insideDocument';
import type { Session } from '../session';
import { FIX_ALL, wantsKind } from './kinds';
import { textEdit, workspaceEdit } from './workspaceEdit';

/** Sent first to a client that can resolve code actions: the edit is computed when the action is chosen. */
export interface FixAllData {
  readonly uri: string;
  readonly version: number;
  /** Only this rule's fixes. */
  readonly ruleId?: string;
  /** Which of the Dockerfiles inside the document. */
  readonly index?: number;
}

/** Every fix of the findings in the range. */
export function fixActions(session: Session, analysis: Analysis, params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  // As a quick fix it would be in the list twice; source actions are for on-save and the Source Action menu.
  const fixAll =
    only?.length && wantsKind(only, FIX_ALL) && isRewritable(analysis) && hasAppliedFix(analysis.findings)
      ? [fixAllAction(session, analysis, session.engine.localize('Fix all safe findings'), FIX_ALL)]
      : [];
  if (!wantsKind(only, CodeActionKind.QuickFix)) return fixAll;
  const diagnostics = diagnosticsOf(analysis, session.engine.localize);
  const fixes = findingsIn(analysis, params).flatMap((finding) => {
    const diagnostic = diagnostics[analysis.findings.indexOf(finding)];
    return diagnostic ? fixesOf(session, analysis, finding, diagnostic) : [];
  });
  return [...toldApart(fixes), ...fixAll];
}

function findingsIn({ findings, lines }: Analysis, { range }: CodeActionParams): readonly Finding[] {
  const span = toSpan(lines, range);
  return findings.filter((finding) => spansMeet(finding.span, span));
}

/** So much of the text tells two fixes apart. */
const SHOWN_LENGTH = 40;

interface FixAction {
  readonly action: CodeAction;
  readonly ruleId: string;
  /** What the finding is about. */
  readonly written: string;
}

function fixesOf(session: Session, analysis: Analysis, finding: Finding, diagnostic: Diagnostic): FixAction[] {
  const { ruleId, span } = finding;
  return finding.fixes
    .filter((fix) => fix.edits.length > 0)
    .map((fix) => ({
      ruleId,
      written: analysis.text.slice(span.start, span.start + SHOWN_LENGTH).split(/\r?\n/, 1)[0] ?? '',
      action: {
        title: fixTitle(fix, session.engine.localize),
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        isPreferred: isApplied(fix, 'safe'),
        edit: workspaceEdit(session, analysis, fix.edits),
      },
    }));
}

/** The same fix of two findings is there once; other equal titles get the rule, or what each is about. */
function toldApart(fixes: readonly FixAction[]): CodeAction[] {
  const isSame = (one: CodeAction, other: CodeAction) =>
    one.title === other.title && JSON.stringify(one.edit) === JSON.stringify(other.edit);
  const different = fixes.filter(
    (one, index) => fixes.findIndex((other) => isSame(other.action, one.action)) === index,
  );
  return different.map(({ action, ruleId, written }) => {
    const same = different.filter((other) => other.action.title === action.title);
    if (same.length === 1) return action;
    const isOfOneRule = same.every((other) => other.ruleId === ruleId);
    return { ...action, title: `${action.title}: ${isOfOneRule ? written : ruleId}` };
  });
}

/** As the light bulb says it. */
export function fixTitle({ title, safety }: Fix, localize: Localize): string {
  return safety === 'unsafe' ? localize('{title} (may change behavior)', { title }) : title;
}

/** Once per rule, no matter how many of its findings are in the range: what fixes, then what silences, then what explains. */
export function ruleActions(session: Session, analysis: Analysis, params: CodeActionParams): CodeAction[] {
  if (!wantsKind(params.context.only, CodeActionKind.QuickFix)) return [];
  const { localize } = session.engine;
  const findings = findingsIn(analysis, params);
  const firsts = (key: (finding: Finding) => string) =>
    findings.filter((one, index) => findings.findIndex((other) => key(other) === key(one)) === index);
  const ofRules = firsts(({ ruleId }) => ruleId);
  return [
    ...ofRules.flatMap(({ ruleId }) => {
      const fixed = analysis.findings.filter((one) => one.ruleId === ruleId && hasAppliedFix([one]));
      if (fixed.length < 2 || !isRewritable(analysis)) return [];
      const title = localize('Fix all {rule} in this file', { rule: ruleId });
      return [fixAllAction(session, analysis, title, CodeActionKind.QuickFix, ruleId)];
    }),
    ...firsts(nameOf).flatMap((finding) => ignoreActions(session, analysis, finding)),
    ...ofRules
      .filter(({ customRule }) => !customRule)
      .flatMap(({ ruleId }) => [
        ...(session.canWriteConfiguration(analysis.uri)
          ? [
              commandAction(localize('Turn off {rule} in the configuration', { rule: ruleId }), TURN_OFF_COMMAND, [
                analysis.uri,
                ruleId,
              ]),
            ]
          : []),
        commandAction(localize('Explain {rule}', { rule: ruleId }), SHOW_RULE_COMMAND, [ruleId]),
      ]),
  ];
}

function commandAction(title: string, command: string, given: string[]): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, command: { title, command, arguments: given } };
}

function ignoreActions(session: Session, analysis: Analysis, finding: Finding): CodeAction[] {
  const { localize, rules } = session.engine;
  const { names } = ruleSetOf(rules, analysis.config.customRules);
  const name = nameOf(finding);
  const setup = {
    dockerfile: analysis.dockerfile,
    names,
    today: session.engine.knowledge.today,
    isSeparate: asksReason(session, analysis),
  };
  const ignores: [string, TextEdit | undefined][] = [
    [localize('Ignore {name} for this instruction', { name }), ignoreOnInstruction(setup, name, finding.span.start)],
    [localize('Ignore {name} in this file', { name }), ignoreInFile(setup, name)],
  ];
  const { inside } = analysis;
  return ignores.flatMap(([title, edit]) =>
    edit && (!inside || inside.inline.text.editsInHost([edit]))
      ? [ignoreAction(session, analysis, title, edit, name)]
      : [],
  );
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
  const { uri, version, config, inside, lines } = analysis;
  const [written = edit] = inside?.inline.text.editsInHost([edit]) ?? [];
  const ask: AskReasonArguments = {
    uri,
    version,
    ...toTextEdit(inside?.hostLines ?? lines, written),
    reasonAt: written.newText.lastIndexOf(name) + name.length,
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
  const { uri, version, inside } = analysis;
  const data: FixAllData = {
    uri,
    version,
    ...(ruleId === undefined ? {} : { ruleId }),
    ...(inside ? { index: inside.index } : {}),
  };
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
  return textEdit(session, analysis, fixed);
}
