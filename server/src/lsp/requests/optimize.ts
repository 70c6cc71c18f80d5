import type { BuildContext } from '../../engine/buildContext';
import type { Engine } from '../../engine/engine';
import { createPlan } from '../../optimizer/createPlan';
import type { NewFile, OptimizerStep } from '../../optimizer/plan';
import { fromDockerfile } from '../../project/projectBuilds';
import type { OptimizeParams, OptimizeResult, OptimizeStep } from '../../protocol';
import { applyEdits } from '../../text/edits';
import { createLineIndex } from '../../text/lineIndex';
import { toTextEdit } from '../convert';
import type { Analysis } from '../documents';
import type { Settings } from '../settings';

/** What the settings say of plans. */
export type PlanSettings = Pick<Settings, 'level' | 'preferCacheMounts'> & {
  readonly hasBuildKit: boolean;
  /** Of the document, where its build context is not its folder. */
  readonly place?: { readonly path: string; readonly contextFolder: string } | undefined;
};

/** The plan for a document, its edits as positions of the text that each step gets. */
export function optimize(
  engine: Engine,
  analysis: Analysis,
  params: OptimizeParams,
  settings: PlanSettings,
): OptimizeResult {
  const { text, version, config, buildContext } = analysis;
  const plan = createPlan(engine, text, {
    config,
    buildContext: params.context ? contextOf(params.context) : buildContext,
    level: params.safeOnly ? 'safe' : settings.level,
    preferCacheMounts: settings.preferCacheMounts,
    hasBuildKit: settings.hasBuildKit,
    without: new Set(params.without),
    stage: params.stageLine === undefined ? undefined : stageAt(analysis, params.stageLine),
  });
  const { place } = settings;
  const placed = (file: string) => (place ? fromDockerfile(place.path, place.contextFolder, file) : file);
  let current = plan.before;
  const steps = plan.steps.map((step) => {
    const result = toStep(step, current, placed);
    current = applyEdits(current, step.edits);
    return result;
  });
  return {
    version,
    before: text,
    after: plan.after,
    steps,
    skipped: plan.skipped,
    files: plan.files.map((file) => toFile(file, placed)),
    summary: plan.summary,
  };
}

function contextOf({ files, unlisted }: NonNullable<OptimizeParams['context']>): BuildContext {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return {
    files: new Map(files.map(({ path, sizeBytes }) => [path, { sizeBytes }])),
    read: (path) => texts.get(path),
    unlisted,
    isComplete: unlisted.length === 0,
  };
}

/** The number of the stage whose FROM begins on a line. */
function stageAt({ dockerfile, lines }: Analysis, line: number): number | undefined {
  return dockerfile.stages.find(({ from }) => lines.positionAt(from.span.start).line === line)?.index;
}

function toFile({ path, before, after }: NewFile, placed: (file: string) => string): OptimizeResult['files'][number] {
  return { path: placed(path), after, ...(before === undefined ? {} : { before }) };
}

function toStep(step: OptimizerStep, text: string, placed: (file: string) => string): OptimizeStep {
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
