import type { Budget } from '../engine/ruleSettings';
import type { MeasuredLayer, Measurement } from './measurement';

/** A measured figure that is over its budget. */
export interface Excess {
  readonly kind: keyof Budget;
  readonly allowed: number;
  readonly actual: number;
  /** The first layer that is too much. */
  readonly layer: MeasuredLayer;
}

/** What exceeds a budget; which layers the file adds is not known of an image that does not fit it. */
export function excessOf({ layers, unmapped }: Measurement, budget: Budget): readonly Excess[] {
  const { image = Number.POSITIVE_INFINITY, layers: count = Number.POSITIVE_INFINITY } = budget;
  let sum = 0;
  const heavy = layers.find((layer) => {
    sum += layer.bytes;
    return sum > image;
  });
  const total = layers.reduce((all, { bytes }) => all + bytes, 0);
  const own = layers.filter(({ isBase }) => !isBase);
  const tooMany = unmapped === undefined ? own[count] : undefined;
  return [
    ...(heavy ? [{ kind: 'image' as const, allowed: image, actual: total, layer: heavy }] : []),
    ...(tooMany ? [{ kind: 'layers' as const, allowed: count, actual: own.length, layer: tooMany }] : []),
  ];
}
