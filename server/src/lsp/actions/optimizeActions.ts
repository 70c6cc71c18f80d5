import { type CodeAction, CodeActionKind, type CodeActionParams, CodeActionTriggerKind } from 'vscode-languageserver';
import { spansMeet } from '../../text/span';
import type { Analysis } from '../analyses';
import { OPTIMIZE_COMMAND } from '../commandNames';
import { toSpan } from '../convert';
import { diagnosticsOf } from '../diagnostics';
import { isRewritable } from '../insideDocument';
import { canRun } from '../plainClient';
import { isPlanKnown, planSummary, rulesAfterPlan } from '../planFigures';
import type { Session } from '../session';
import { OPTIMIZE_KIND, wantsKind } from './kinds';

/** Offers the plan, if there is one: as the fix of findings without one of their own that it solves, else on any line. */
export function optimizeActions(session: Session, analysis: Analysis, params: CodeActionParams): CodeAction[] {
  const { only, triggerKind } = params.context;
  // Editors ask by themselves for the light bulb, also before the first findings, which a plan would delay.
  if (triggerKind === CodeActionTriggerKind.Automatic && !isPlanKnown(analysis)) return [];
  const title = session.engine.localize('Optimize Dockerfile…');
  const { uri, inside } = analysis;
  const at = inside ? [inside.hostLines.positionAt(inside.inline.text.whole.start).line] : [];
  const command = { title, command: OPTIMIZE_COMMAND, arguments: [uri, ...at] };
  if (!isRewritable(analysis)) return [];
  if (!canRun(session, command) || planSummary(session, analysis).stepCount === 0) return [];
  const span = toSpan(analysis.lines, params.range);
  const byHand = analysis.findings.filter(
    (finding) => spansMeet(finding.span, span) && finding.fixes.every(({ edits }) => edits.length === 0),
  );
  const left = byHand.length === 0 ? new Set() : rulesAfterPlan(session, analysis);
  const solved = byHand.filter(({ ruleId }) => !left.has(ruleId));
  if (solved.length > 0 && wantsKind(only, CodeActionKind.QuickFix)) {
    const diagnostics = diagnosticsOf(analysis, session.engine.localize, solved);
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, command }];
  }
  return wantsKind(only, OPTIMIZE_KIND) ? [{ title, kind: OPTIMIZE_KIND, command }] : [];
}
