import type { AnyRule } from '../engine/rule';
import type { Transform } from './transform';

/**
 * Run last, in this order, because these look at the whole stage: small fixes come first, installs move before the
 * sources, stages are split before RUNs are merged and cleaned, and the user is switched once every other step has its
 * final place. A transform is listed by its id, a rule by the phase in its `meta`.
 */
const LAST: readonly string[] = [
  'installs',
  'dockerignore',
  'scan-stage',
  'secret-at-start',
  'secret-mount',
  'packages-first',
  'manifests',
  'one-copy',
  // A static server needs nothing of what built the pages.
  'static-server',
  // The stages follow from the settings that it changes.
  'next-standalone',
  'multi-stage',
  'production-packages',
  'program-only',
  'user-install',
  'runtime-base',
  'spring-layers',
  'cuda-runtime',
  'dependencies-first',
  // A mount in one of the RUNs would keep them from being merged.
  'tools-in-one-layer',
  // Tools in a layer of their own need no mount, and a mount is not cleaned.
  'cache-mounts',
  'stripped-program',
  // After the splits: cleaning a stage that is thrown away is pointless.
  'cleaning',
  'copy-mode',
  'merge-settings',
  'joining',
  'one-install',
  'mounted-file',
  'slim-base',
  'root-workdir',
  'hardened-base',
  'lists',
  'user',
];

export function orderOfSteps(steps: readonly (AnyRule | Transform)[]): (AnyRule | Transform)[] {
  const rank = (step: AnyRule | Transform): number => LAST.indexOf('meta' in step ? (step.meta.phase ?? '') : step.id);
  return [...steps].sort((a, b) => rank(a) - rank(b));
}
