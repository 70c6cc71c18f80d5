import type { Engine } from '../engine/engine';
import { createPlan } from '../optimizer/createPlan';
import type { OptimizerStep } from '../optimizer/plan';
import type { OptimizeParams, OptimizeResult, OptimizeStep } from '../protocol';
import { applyEdits } from '../text/edits';
import { createLineIndex } from '../text/lineIndex';
import { toTextEdit } from './convert';
import type { Analysis } from './documents';

/** The plan for a document, its edits as positions of the text that each step gets. */
export function optimize(
  engine: Engine,
  analysis: Analysis,
  params: OptimizeParams,
  includeUnsafe: boolean,
): OptimizeResult {
  const { text, version, config, buildContext } = analysis;
  const plan = createPlan(engine, analysis.isSkipped ? '' : text, {
    config,
    buildContext,
    level: params.safeOnly || !includeUnsafe ? 'safe' : 'recommended',
    without: new Set(params.without),
  });
  let current = plan.before;
  const steps = plan.steps.map((step) => {
    const result = toStep(step, current);
    current = applyEdits(current, step.edits);
    return result;
  });
  return {
    version,
    before: text,
    after: analysis.isSkipped ? text : plan.after,
    steps,
    skipped: plan.skipped.map(({ id, title, reason }) => ({ id, title, reason })),
  };
}

function toStep({ id, title, reason, safety, impact, edits }: OptimizerStep, text: string): OptimizeStep {
  const lines = createLineIndex(text);
  return {
    id,
    title,
    reason,
    safety,
    ...(impact?.bytes === undefined ? {} : { impactBytes: impact.bytes }),
    edits: edits.map((edit) => toTextEdit(lines, edit)),
  };
}
