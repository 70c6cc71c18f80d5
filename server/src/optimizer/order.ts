import type { AnyRule } from '../engine/rule';
import type { Transform } from './transform';

/**
 * What is done last, in this order: these look at the whole stage, so the small repairs come first, installs go before
 * the sources, stages are split before RUNs are joined and cleaned, and the user is switched once every other step
 * stands where it stays. A transform is here by its id, a rule by the phase that its `meta` names.
 */
const LAST: readonly string[] = [
  'installs',
  'dockerignore',
  'scan-stage',
  'secret-at-start',
  'secret-mount',
  'packages-first',
  'manifests',
  // What serves pages needs nothing of what built them.
  'static-server',
  'multi-stage',
  'runtime-base',
  'cuda-runtime',
  'dependencies-first',
  // A mount of one would keep RUNs apart.
  'tools-in-one-layer',
  // What lies in a layer of its own needs no mount, and a mount is not cleaned.
  'cache-mounts',
  'stripped-program',
  // Nobody cleans a stage that is thrown away.
  'cleaning',
  'merge-settings',
  'joining',
  'one-install',
  'mounted-file',
  'slim-base',
  'lists',
  'user',
];

export function orderOfSteps(steps: readonly (AnyRule | Transform)[]): (AnyRule | Transform)[] {
  const rank = (step: AnyRule | Transform): number => LAST.indexOf('meta' in step ? (step.meta.phase ?? '') : step.id);
  return [...steps].sort((a, b) => rank(a) - rank(b));
}
