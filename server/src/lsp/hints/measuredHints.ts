import { lineage } from '../../dockerfile/lineage';
import type { Engine } from '../../engine/engine';
import type { Localize } from '../../l10n/localize';
import type { Measurement } from '../../reports/measurement';
import { exactBytes } from '../../text/byteText';
import type { Analysis } from '../analyses';
import type { MeasuredImage } from '../measurements';
import type { SizeHint } from './sizeHint';

/** The measured size of the whole image, after the last instruction of its stage. */
export function measuredTotal(
  { localize }: Engine,
  { dockerfile }: Analysis,
  { bytes, engine, measuredAt }: MeasuredImage,
): SizeHint[] {
  const last = dockerfile.stages.find(({ isFinal }) => isFinal)?.instructions.at(-1);
  if (!last) return [];
  const label = localize('image: {size}', { size: exactBytes(bytes) });
  return [{ offset: last.span.end, label, tooltip: tooltipOf(localize, engine, measuredAt) }];
}

function tooltipOf(localize: Localize, engine: string, measuredAt: string): string {
  return localize('Measured with {engine} on {date}', { engine, date: measuredAt.slice(0, 10) });
}

/** Measured sizes: after the FROM of the base image and after each instruction that made a layer. */
export function measuredHints(
  { localize }: Engine,
  { dockerfile }: Analysis,
  { layers, engine, measuredAt }: Measurement,
): SizeHint[] {
  const built = dockerfile.stages.find(({ isFinal }) => isFinal);
  const from = built && lineage(built)[0]?.from;
  const base = layers.filter(({ isBase }) => isBase);
  const tooltip = tooltipOf(localize, engine, measuredAt);
  const hints = layers.flatMap(({ span, bytes, wastedBytes }) => {
    const node = span && dockerfile.instructions.find((one) => one.span.start === span.start);
    if (!node) return [];
    const added = `+${exactBytes(bytes)}`;
    const label =
      wastedBytes > 0 ? localize('{added}, {wasted} wasted', { added, wasted: exactBytes(wastedBytes) }) : added;
    return [{ offset: node.span.end, label, tooltip }];
  });
  if (from && base.length > 0)
    hints.push({
      offset: from.args[0]?.span.end ?? from.span.end,
      label: exactBytes(base.reduce((sum, { bytes }) => sum + bytes, 0)),
      tooltip,
    });
  return hints;
}
