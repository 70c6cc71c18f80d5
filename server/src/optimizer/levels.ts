import type { AnyRule } from '../engine/rule';
import { LANGUAGES, type Language } from '../l10n/language';

/**
 * safe: the image is the same but for its size. recommended: what a careful expert would do, by rules and transforms
 * whose guards look at what could break. all: also what changes how the image is built or given its secrets.
 */
export type Level = 'safe' | 'recommended' | 'all';

export const LEVELS: readonly Level[] = ['safe', 'recommended', 'all'];

/** When plans may keep caches in mounts, which need BuildKit: where it is known to build the file, always, or never. */
export type CacheMounts = 'auto' | 'always' | 'never';

export const CACHE_MOUNTS: readonly CacheMounts[] = ['auto', 'always', 'never'];

/** Of the comments that plans write into files: the language of all texts, this one, or no comments. */
export type Comments = 'auto' | Language | 'none';

export const COMMENTS: readonly Comments[] = ['auto', ...LANGUAGES, 'none'];

interface LevelOptions {
  readonly level: Level;
  readonly buildContext?: object | undefined;
}

/** The strongest fixes of a rule that belong to the level of a plan. */
export function upToOf({ meta }: AnyRule, { level, buildContext }: LevelOptions): 'safe' | 'unsafe' {
  switch (meta.unsafeIn) {
    case 'never':
      return 'safe';
    case 'recommended':
      return level === 'safe' ? 'safe' : 'unsafe';
    case 'all-without-context':
      return level === 'all' && !buildContext ? 'unsafe' : 'safe';
    default:
      return level === 'all' ? 'unsafe' : 'safe';
  }
}
