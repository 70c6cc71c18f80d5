import { type CodeLens, type CodeLensParams, Command } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import type { Localize } from '../../l10n/localize';
import { summarizePlan } from '../../optimizer/createPlan';
import type { ImageSummary } from '../../optimizer/plan';
import { countsText } from '../../reports/severityText';
import { countBySeverity } from '../../reports/vulnerabilities';
import { exactBytes, sizeText } from '../../text/byteText';
import type { Analysis } from '../analyses';
import { OPTIMIZE_COMMAND, OPTIMIZE_STAGE_COMMAND, SHOW_SCAN_COMMAND } from '../commandNames';
import { toRange } from '../convert';
import type { DocumentScans } from '../documentScans';
import type { MeasuredImage } from '../measurements';
import { canRun } from '../plainClient';
import type { Session } from '../session';

/** Lenses for the result of optimizing and for scan results. */
export function codeLens(session: Session, { textDocument }: CodeLensParams): CodeLens[] {
  const analysis = session.settings.codeLens ? session.analysisOf(textDocument.uri) : undefined;
  if (!analysis) return [];
  const lenses = [...planLenses(session, analysis), ...scanLenses(analysis, session.scans, session.engine.localize)];
  return lenses.filter(({ command }) => canRun(session, command));
}

/**
 * Above the first FROM, the result of optimizing; with several stages, above each FROM an offer to optimize only that
 * stage.
 */
function planLenses(session: Session, analysis: Analysis): CodeLens[] {
  const { engine } = session;
  const { uri, text, dockerfile, lines } = analysis;
  const [first] = dockerfile.stages;
  if (!first) return [];
  const plan = summarizePlan(engine, text, session.planOptions(analysis));
  const { stepCount, before, after } = plan;
  const range = toRange(lines, first.from.keywordSpan);
  const { localize } = engine;
  const measured = session.measurements.of(uri, text);
  // The measurement is only valid if the plan is still the same.
  const built = measured?.after?.text === plan.text ? measured.after.image : undefined;
  // One date is enough.
  const when = (image: MeasuredImage) => (image === built || !built ? ` (${image.measuredAt.slice(0, 10)})` : '');
  const figuresOf = (image: MeasuredImage) => `${measuredFigures(engine, image)}${when(image)}`;
  const is = measured ? figuresOf(measured.before) : figures(before, localize);
  const becomes = built ? figuresOf(built) : figures(after, localize);
  const title = stepCount === 0 ? is : localize('{before} → {after}: optimize', { before: is, after: becomes });
  const whole: CodeLens = { range, command: { title, command: OPTIMIZE_COMMAND, arguments: [uri] } };
  if (dockerfile.stages.length < 2 || stepCount === 0) return [whole];
  const stages = dockerfile.stages.map(({ from }): CodeLens => {
    const at = toRange(lines, from.keywordSpan);
    return {
      range: at,
      command: {
        title: localize('Optimize this stage'),
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

function measuredFigures({ localize }: Engine, { layerCount, bytes }: MeasuredImage): string {
  const size = exactBytes(bytes);
  return layerCount === 1
    ? localize('1 layer, {size} measured', { size })
    : localize('{layers} layers, {size} measured', { layers: layerCount, size });
}

function figures({ layers: count, imageBytes }: ImageSummary, localize: Localize): string {
  if (imageBytes === undefined) return count === 1 ? localize('1 layer') : localize('{count} layers', { count });
  const data = { count, size: sizeText(imageBytes) };
  return count === 1
    ? localize('1 layer, about {size} on disk', data)
    : localize('{count} layers, about {size} on disk', data);
}
