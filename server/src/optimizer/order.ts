import type { AnyRule } from '../engine/rule';

/**
 * What is done last, in this order: these look at the whole stage, so the small repairs come first, installs go before
 * the sources, RUNs are joined before they are cleaned, and the user is switched once every other step stands where it stays.
 */
const LAST: readonly string[] = [
  'copy-manifests-first',
  'merge-consecutive-run',
  'apt-get-clean-same-layer',
  'prefer-slim-base',
  'no-root-user',
];

export function orderOfSteps(rules: readonly AnyRule[]): AnyRule[] {
  const rank = ({ meta }: AnyRule): number => LAST.indexOf(meta.id);
  return [...rules].sort((a, b) => rank(a) - rank(b));
}
