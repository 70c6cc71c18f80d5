import type { CodeLens } from 'vscode-languageserver';
import type { Engine } from '../engine/engine';
import { createPlan } from '../optimizer/createPlan';
import type { ImageSummary } from '../optimizer/plan';
import { aboutBytes } from '../text/byteText';
import { toRange } from './convert';
import type { Analysis } from './documents';
import type { PlanSettings } from './optimize';

export const OPTIMIZE_COMMAND = 'dockerfileOptimizer.optimize';
export const OPTIMIZE_STAGE_COMMAND = 'dockerfileOptimizer.optimizeStage';

/** Over the first FROM what optimizing would come to; over each FROM of several the offer to do so with that stage alone. */
export function codeLenses(
  engine: Engine,
  { uri, text, config, buildContext, dockerfile, lines, isSkipped }: Analysis,
  settings: PlanSettings,
): CodeLens[] {
  const [first] = dockerfile.stages;
  if (isSkipped || !first) return [];
  const { steps, summary } = createPlan(engine, text, {
    config,
    buildContext,
    level: settings.level,
    preferCacheMounts: settings.preferCacheMounts,
  });
  const range = toRange(lines, first.from.keywordSpan);
  const title =
    steps.length === 0 ? figures(summary.before) : `${figures(summary.before)} → ${figures(summary.after)}: optimize`;
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

function figures({ layers, imageBytes }: ImageSummary): string {
  const count = layers === 1 ? '1 layer' : `${layers} layers`;
  return imageBytes === undefined ? count : `${count}, ${aboutBytes(imageBytes)} on disk`;
}
