import type { Engine } from '../../engine/engine';
import { say } from '../../l10n/phrase';
import { createPlan } from '../../optimizer/createPlan';
import type { NewFile, OptimizerPlan, OptimizerStep } from '../../optimizer/plan';
import { fromDockerfile } from '../../project/projectBuilds';
import type { OptimizeParams, OptimizeResult, OptimizeStep } from '../../protocol';
import { applyEdits } from '../../text/edits';
import { createLineIndex } from '../../text/lineIndex';
import type { Analysis } from '../analyses';
import { toTextEdit } from '../convert';
import { planFigures } from '../planFigures';
import { contextOf } from '../sentContext';
import type { Session } from '../session';
import { stepLabels } from '../stepLabels';

export function optimize(session: Session, params: OptimizeParams): OptimizeResult | null {
  const analysis = session.analysisOf(params.uri);
  return analysis ? planFor(session, analysis, params) : null;
}

/** The plan with the user's choices; file paths are relative to the build context. */
export function createPlanFor(session: Session, analysis: Analysis, params: OptimizeParams): OptimizerPlan {
  if (params.context) session.keepContext(params.uri, contextOf(params.context));
  return createPlan(session.engine, analysis.text, {
    ...session.planOptions(params.uri, analysis),
    ...(params.level ? { level: params.level } : {}),
    without: new Set(params.without),
    stage: params.stageLine === undefined ? undefined : stageAt(analysis, params.stageLine),
  });
}

/** Edits are positions in the text that each step receives; file paths are relative to the document's folder. */
export function planFor(session: Session, analysis: Analysis, params: OptimizeParams): OptimizeResult {
  const { text, version } = analysis;
  const plan = createPlanFor(session, analysis, params);
  const placed = placing(session, params.uri);
  let current = plan.before;
  const steps = plan.steps.map((step) => {
    const result = { ...toStep(step, current, placed), label: labelOf(session.engine, step) };
    current = applyEdits(current, step.edits);
    return result;
  });
  return {
    version,
    before: text,
    after: plan.after,
    steps,
    skipped: plan.skipped.map((skipped) => ({ ...skipped, label: labelOf(session.engine, skipped) })),
    files: plan.files.map((file) => toFile(file, placed)),
    change: planFigures(session, analysis, { ...plan.summary, text: plan.after }).change,
    summary: plan.summary,
  };
}

function labelOf({ localize }: Engine, { id, title }: { readonly id: string; readonly title: string }): string {
  const label = stepLabels[id];
  return label ? say(localize, label) : title;
}

/** New files go into the build context, wherever it is. */
export function placing({ host, configurations }: Session, uri: string): (file: string) => string {
  const [path, contextFolder] = [host.pathOf(uri), configurations.buildOf(uri)?.contextFolder];
  if (path === undefined || contextFolder === undefined) return (file) => file;
  return (file) => fromDockerfile(path, contextFolder, file);
}

/** The index of the stage whose FROM is on this line. */
function stageAt({ dockerfile, lines }: Analysis, line: number): number | undefined {
  return dockerfile.stages.find(({ from }) => lines.positionAt(from.span.start).line === line)?.index;
}

export function toFile(
  { path, before, after }: NewFile,
  placed: (file: string) => string,
): OptimizeResult['files'][number] {
  return { path: placed(path), after, ...(before === undefined ? {} : { before }) };
}

function toStep(step: OptimizerStep, text: string, placed: (file: string) => string): Omit<OptimizeStep, 'label'> {
  const { id, title, reason, risk, safety, impact, edits, files } = step;
  const lines = createLineIndex(text);
  return {
    id,
    title,
    reason,
    safety,
    ...(risk === undefined ? {} : { risk }),
    ...(impact?.bytes === undefined ? {} : { impactBytes: impact.bytes }),
    ...(impact?.rebuiltSteps === undefined ? {} : { rebuiltSteps: impact.rebuiltSteps }),
    ...(files === undefined ? {} : { files: files.map(({ path }) => placed(path)) }),
    edits: edits.map((edit) => toTextEdit(lines, edit)),
  };
}
