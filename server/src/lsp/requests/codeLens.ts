import { type CodeLens, type CodeLensParams, Command } from 'vscode-languageserver';
import { runsAgain, sourcesOf } from '../../app/runsAgain';
import type { Localize } from '../../l10n/localize';
import { countsText } from '../../reports/severityText';
import { countBySeverity } from '../../reports/vulnerabilities';
import type { Analysis } from '../analyses';
import { OPTIMIZE_COMMAND, OPTIMIZE_STAGE_COMMAND, RUNS_AGAIN_COMMAND, SHOW_SCAN_COMMAND } from '../commandNames';
import { toRange } from '../convert';
import type { DocumentScans } from '../documentScans';
import { canRun } from '../plainClient';
import { type PlanFigures, planFigures, planSummary } from '../planFigures';
import type { Session } from '../session';

/** Lenses for the result of optimizing and for scan results. */
export function codeLens(session: Session, { textDocument }: CodeLensParams): CodeLens[] {
  const { codeLens: isOn, runsAgainLens } = session.settings;
  const analysis = isOn || runsAgainLens ? session.analysisOf(textDocument.uri) : undefined;
  if (!analysis) return [];
  const { localize } = session.engine;
  const lenses = [
    ...(isOn ? [...planLenses(session, analysis), ...scanLenses(analysis, session.scans, localize)] : []),
    ...(runsAgainLens ? runsAgainLenses(analysis, localize) : []),
  ];
  return lenses.filter(({ command }) => canRun(session, command));
}

/**
 * Above the first FROM, the result of optimizing; with several stages, above each FROM an offer to optimize only that
 * stage.
 */
function planLenses(session: Session, analysis: Analysis): CodeLens[] {
  const { engine } = session;
  const { uri, dockerfile, lines } = analysis;
  const [first] = dockerfile.stages;
  if (!first) return [];
  const summary = planSummary(session, analysis);
  const { stepCount } = summary;
  const figures = session.lacksContext(uri) ? undefined : planFigures(session, analysis, summary);
  const title = titleOf(figures, stepCount, engine.localize);
  if (title === undefined) return [];
  const range = toRange(lines, first.from.keywordSpan);
  const whole: CodeLens = { range, command: { title, command: OPTIMIZE_COMMAND, arguments: [uri] } };
  if (dockerfile.stages.length < 2 || stepCount === 0) return [whole];
  const stages = dockerfile.stages.map(({ from }): CodeLens => {
    const at = toRange(lines, from.keywordSpan);
    return {
      range: at,
      command: {
        title: engine.localize('Optimize this stage'),
        command: OPTIMIZE_STAGE_COMMAND,
        arguments: [uri, at.start.line],
      },
    };
  });
  return [whole, ...stages];
}

/** Above each FROM whose image was scanned: what was found, and when. */
function scanLenses({ uri, dockerfile, lines }: Analysis, scans: DocumentScans, localize: Localize): CodeLens[] {
  return dockerfile.stages.flatMap((stage) => {
    const report = scans.reportOn(uri, stage);
    if (!report) return [];
    const title = localize('Vulnerabilities: {counts} ({date})', {
      counts: countsText(countBySeverity(report.vulnerabilities), localize),
      date: report.scannedAt.slice(0, 10),
    });
    return [{ range: toRange(lines, stage.from.keywordSpan), command: Command.create(title, SHOW_SCAN_COMMAND, uri) }];
  });
}

/** Above each COPY and ADD of the build context: what a change of its files runs again, if it is more than itself. */
function runsAgainLenses({ uri, dockerfile, lines }: Analysis, localize: Localize): CodeLens[] {
  return dockerfile.instructions.flatMap((node) => {
    if (!/^(?:COPY|ADD)$/.test(node.keyword) || sourcesOf(node).length === 0) return [];
    const again = runsAgain(dockerfile, (other) => other === node);
    const runs = again.filter((one) => one.node.keyword === 'RUN').length;
    if (runs === 0) return [];
    const title = localize('A change here runs {count} steps again', { count: again.length });
    const range = toRange(lines, node.keywordSpan);
    return [{ range, command: Command.create(title, RUNS_AGAIN_COMMAND, uri, range.start.line) }];
  });
}

/** Undefined: there is nothing to say. */
function titleOf(figures: PlanFigures | undefined, stepCount: number, localize: Localize): string | undefined {
  if (!figures) return localize('Optimize Dockerfile');
  const { now, change } = figures;
  if (stepCount === 0) return now;
  if (change !== '') return localize('{change}: optimize', { change });
  return stepCount === 1 ? localize('1 step: optimize') : localize('{count} steps: optimize', { count: stepCount });
}
