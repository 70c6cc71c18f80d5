import type { CodeLens } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import type { Measurement } from '../../images/measurement';
import type { Localize } from '../../l10n/localize';
import { summarizePlan } from '../../optimizer/createPlan';
import type { ImageSummary } from '../../optimizer/plan';
import { exactBytes, sizeText } from '../../text/byteText';
import { OPTIMIZE_COMMAND, OPTIMIZE_STAGE_COMMAND } from '../commandNames';
import { toRange } from '../convert';
import type { Analysis } from '../documents';
import type { Measured } from './measure';
import type { PlanSettings } from './optimize';

/** Over the first FROM what optimizing would come to; over each FROM of several the offer to do so with that stage alone. */
export function codeLenses(
  engine: Engine,
  { uri, text, config, buildContext, dockerfile, lines }: Analysis,
  settings: PlanSettings,
  measured?: Measured,
): CodeLens[] {
  const [first] = dockerfile.stages;
  if (!first) return [];
  const {
    stepCount,
    before,
    after,
    text: result,
  } = summarizePlan(engine, text, {
    config,
    buildContext,
    level: settings.level,
    preferCacheMounts: settings.preferCacheMounts,
    hasBuildKit: settings.hasBuildKit,
  });
  const range = toRange(lines, first.from.keywordSpan);
  const { localize } = engine;
  const is = measured ? measuredFigures(engine, measured.before) : figures(before, localize);
  // Of another plan than that of today nothing is known.
  const isBuilt = measured?.after?.text === result;
  const becomes = isBuilt ? measuredFigures(engine, measured.after.measurement) : figures(after, localize);
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

function measuredFigures({ localize }: Engine, { layers, bytes }: Measurement): string {
  const size = exactBytes(bytes);
  return layers.length === 1
    ? localize('1 layer, {size} measured', { size })
    : localize('{layers} layers, {size} measured', { layers: layers.length, size });
}

function figures({ layers: count, imageBytes }: ImageSummary, localize: Localize): string {
  if (imageBytes === undefined) return count === 1 ? localize('1 layer') : localize('{count} layers', { count });
  const data = { count, size: sizeText(imageBytes) };
  return count === 1
    ? localize('1 layer, about {size} on disk', data)
    : localize('{count} layers, about {size} on disk', data);
}
