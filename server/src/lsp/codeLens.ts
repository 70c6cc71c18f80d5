import type { CodeLens } from 'vscode-languageserver';
import type { Engine } from '../engine/engine';
import type { Measurement } from '../images/measurement';
import { createPlan } from '../optimizer/createPlan';
import type { ImageSummary } from '../optimizer/plan';
import { aboutBytes, exactBytes } from '../text/byteText';
import { toRange } from './convert';
import type { Analysis } from './documents';
import type { Measured } from './measure';
import type { PlanSettings } from './optimize';

export const OPTIMIZE_COMMAND = 'dockerfileOptimizer.optimize';
export const OPTIMIZE_STAGE_COMMAND = 'dockerfileOptimizer.optimizeStage';

/** Over the first FROM what optimizing would come to; over each FROM of several the offer to do so with that stage alone. */
export function codeLenses(
  engine: Engine,
  { uri, text, config, buildContext, dockerfile, lines, isSkipped }: Analysis,
  settings: PlanSettings,
  measured?: Measured,
): CodeLens[] {
  const [first] = dockerfile.stages;
  if (isSkipped || !first) return [];
  const { steps, summary, after } = createPlan(engine, text, {
    config,
    buildContext,
    level: settings.level,
    preferCacheMounts: settings.preferCacheMounts,
  });
  const range = toRange(lines, first.from.keywordSpan);
  const is = measured ? measuredFigures(engine, measured.before) : figures(summary.before);
  // Of another plan than that of today nothing is known.
  const isBuilt = measured?.after?.text === after;
  const becomes = isBuilt ? measuredFigures(engine, measured.after.measurement) : figures(summary.after);
  const title = steps.length === 0 ? is : `${is} → ${becomes}: optimize`;
  const whole: CodeLens = { range, command: { title, command: OPTIMIZE_COMMAND, arguments: [uri] } };
  if (dockerfile.stages.length < 2 || steps.length === 0) return [whole];
  const stages = dockerfile.stages.map(({ from }): CodeLens => {
    const at = toRange(lines, from.keywordSpan);
    return {
      range: at,
      command: { title: 'Optimize this stage', command: OPTIMIZE_STAGE_COMMAND, arguments: [uri, at.start.line] },
    };
  });
  return [whole, ...stages];
}

function measuredFigures({ localize }: Engine, { layers, bytes }: Measurement): string {
  const size = exactBytes(bytes);
  return layers.length === 1
    ? localize('1 layer, {size} measured', { size })
    : localize('{layers} layers, {size} measured', { layers: layers.length, size });
}

function figures({ layers, imageBytes }: ImageSummary): string {
  const count = layers === 1 ? '1 layer' : `${layers} layers`;
  return imageBytes === undefined ? count : `${count}, ${aboutBytes(imageBytes)} on disk`;
}
