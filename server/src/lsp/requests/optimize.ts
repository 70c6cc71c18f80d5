import type { TextEdit as LspTextEdit } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import { say } from '../../l10n/phrase';
import { createPlan } from '../../optimizer/createPlan';
import type { NewFile, OptimizerPlan, OptimizerStep } from '../../optimizer/plan';
import { type HostFile, withDockerfile } from '../../project/inline/hostFile';
import { rewriteRefusal } from '../../project/inline/wording';
import { fromDockerfile } from '../../project/projectBuilds';
import type { OptimizeParams, OptimizeResult, OptimizeStep } from '../../protocol';
import { applyEdits, minimalEdits } from '../../text/edits';
import { createLineIndex } from '../../text/lineIndex';
import type { Analysis, InsideDocument } from '../analyses';
import { toTextEdit } from '../convert';
import { isInside, isRewritable } from '../insideDocument';
import { planFigures } from '../planFigures';
import { contextOf } from '../sentContext';
import type { Session } from '../session';
import { stepLabels } from '../stepLabels';

export function optimize(session: Session, params: OptimizeParams): OptimizeResult | null {
  const analysis = analysisFor(session, params);
  return analysis ? planFor(session, analysis, params) : null;
}

/** The document, or the Dockerfile inside it that has this line; its only one needs no line. */
export function analysisFor(session: Session, { uri, inlineLine }: OptimizeParams): Analysis | undefined {
  const analyses = session.analysesIn(uri);
  if (inlineLine === undefined || analyses.length === 1) return analyses[0];
  const line = { start: { line: inlineLine, character: 0 }, end: { line: inlineLine + 1, character: 0 } };
  return analyses.find((analysis) => isInside(analysis, line));
}

/** The plan with the user's choices; file paths are relative to the build context. */
export function createPlanFor(session: Session, analysis: Analysis, params: OptimizeParams): OptimizerPlan {
  if (params.context) session.keepContext(params.uri, contextOf(params.context));
  const options = session.planOptions(params.uri, analysis);
  return createPlan(session.engine, analysis.text, {
    ...options,
    // The files beside the document are not those of its build.
    buildContext: analysis.inside ? analysis.buildContext : options.buildContext,
    ...(params.level ? { level: params.level } : {}),
    without: new Set(params.without),
    stage: params.stageLine === undefined ? undefined : stageAt(analysis, params.stageLine),
  });
}

/** Edits are positions in the text that each step receives; file paths are relative to the document's folder. */
export function planFor(session: Session, analysis: Analysis, params: OptimizeParams): OptimizeResult {
  const { version, inside } = analysis;
  const { engine } = session;
  const plan = createPlanFor(session, analysis, params);
  const placed = placing(session, params.uri, inside ? analysis.contextFolder : undefined);
  const written = !inside ? writeSteps(plan) : isRewritable(analysis) ? writeInside(inside, plan) : undefined;
  if (!written) return refusedPlan(session, analysis, plan);
  return {
    version,
    before: written.before,
    after: written.after,
    steps: plan.steps.map((step, index) => ({
      ...toStep(step, placed),
      edits: written.edits[index] ?? [],
      label: labelOf(engine, step),
    })),
    skipped: plan.skipped.map((skipped) => ({ ...skipped, label: labelOf(engine, skipped) })),
    files: plan.files.map((file) => toFile(file, placed)),
    change: planFigures(session, analysis, { ...plan.summary, text: plan.after }).change,
    summary: plan.summary,
  };
}

function labelOf({ localize }: Engine, { id, title }: { readonly id: string; readonly title: string }): string {
  const label = stepLabels[id];
  return label ? say(localize, label) : title;
}

interface Written {
  /** The document before and after. */
  readonly before: string;
  readonly after: string;
  /** Of each step, in the document that the steps before it left. */
  readonly edits: readonly LspTextEdit[][];
}

function writeSteps({ before, after, steps }: OptimizerPlan): Written {
  let current = before;
  const edits = steps.map((step) => {
    const lines = createLineIndex(current);
    current = applyEdits(current, step.edits);
    return step.edits.map((edit) => toTextEdit(lines, edit));
  });
  return { before, after, edits };
}

/** Undefined when the document has no place for a step. */
function writeInside({ host, index }: InsideDocument, { before, steps }: OptimizerPlan): Written | undefined {
  let text = before;
  let document: HostFile | undefined = host;
  const edits: LspTextEdit[][] = [];
  for (const step of steps) {
    text = applyEdits(text, step.edits);
    const next: HostFile | undefined = withDockerfile(document, index, text);
    if (!next) return undefined;
    const lines = createLineIndex(document.text);
    edits.push(minimalEdits(document.text, next.text).map((edit) => toTextEdit(lines, edit)));
    document = next;
  }
  return { before: host.text, after: document.text, edits };
}

/** Nothing of the plan, and why. */
function refusedPlan({ engine }: Session, { version, inside }: Analysis, { summary }: OptimizerPlan): OptimizeResult {
  const before = inside?.host.text ?? '';
  const title = engine.localize('Optimize Dockerfile');
  const why = inside ? rewriteRefusal(inside.inline, engine.localize) : '';
  return {
    version,
    before,
    after: before,
    steps: [],
    skipped: [{ id: 'inline', label: title, title, reason: 'guard', why }],
    files: [],
    change: '',
    summary,
  };
}

/** New files go into the build context, wherever it is. */
export function placing(
  { host, configurations }: Session,
  uri: string,
  contextFolder = configurations.contextFolderOf(uri),
): (file: string) => string {
  const path = host.pathOf(uri);
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

function toStep(step: OptimizerStep, placed: (file: string) => string): Omit<OptimizeStep, 'label' | 'edits'> {
  const { id, title, reason, risk, safety, impact, files } = step;
  return {
    id,
    title,
    reason,
    safety,
    ...(risk === undefined ? {} : { risk }),
    ...(impact?.bytes === undefined ? {} : { impactBytes: impact.bytes }),
    ...(impact?.rebuiltSteps === undefined ? {} : { rebuiltSteps: impact.rebuiltSteps }),
    ...(files === undefined ? {} : { files: files.map(({ path }) => placed(path)) }),
  };
}
