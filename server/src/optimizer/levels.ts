import type { AnyRule } from '../engine/rule';

/**
 * safe: the image is the same but for its size. recommended: what a careful expert would do, by rules and transforms
 * whose guards look at what could break. all: every fix there is.
 */
export type Level = 'safe' | 'recommended' | 'all';

export const LEVELS: readonly Level[] = ['safe', 'recommended', 'all'];

/** Rules whose unsafe fixes belong to the recommended level: they are guarded, or break nothing that a build or a start would not show. */
const RECOMMENDED: ReadonlySet<string> = new Set([
  'apt-get-clean-same-layer',
  'apt-get-no-install-recommends',
  'copy-manifests-first',
  'dnf-no-weak-deps',
  'exec-form-cmd',
  'merge-consecutive-copy',
  'merge-consecutive-run',
  'no-chown-layer',
  'no-lone-package-update',
  'no-lost-export',
  'no-root-user',
  'no-tmp-leftover',
  'prefer-copy-chmod',
  'prefer-npm-ci',
  'require-arg-in-stage',
  'yarn-frozen-lockfile',
  'pnpm-frozen-lockfile',
]);

/** Another maker's image is never taken unasked: its tools and paths are others. */
const CHOSEN_BY_PERSONS: ReadonlySet<string> = new Set(['no-deprecated-image']);

/** Off until it is asked for: it needs BuildKit. */
export const CACHE_MOUNTS = 'prefer-cache-mount';

/** The strongest fixes of a rule that belong to a level. */
export function upToOf({ meta }: AnyRule, level: Level, preferCacheMounts = false): 'safe' | 'unsafe' {
  if (meta.id === CACHE_MOUNTS) return preferCacheMounts && level !== 'safe' ? 'unsafe' : 'safe';
  if (CHOSEN_BY_PERSONS.has(meta.id)) return 'safe';
  if (level === 'all') return 'unsafe';
  return level === 'recommended' && RECOMMENDED.has(meta.id) ? 'unsafe' : 'safe';
}
