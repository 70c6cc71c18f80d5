import type { AnyRule } from '../engine/rule';
import { LANGUAGES, type Language } from '../l10n/language';

/**
 * safe: the image is the same except for its size. recommended: what a careful expert would do, with rules and
 * transforms whose guards check what could break. all: also changes to how the image is built or receives its secrets.
 */
export type Level = 'safe' | 'recommended' | 'all';

export const LEVELS: readonly Level[] = ['safe', 'recommended', 'all'];

/** When plans may use cache mounts, which need BuildKit: if BuildKit is known to build the file, always, or never. */
export type CacheMounts = 'auto' | 'always' | 'never';

export const CACHE_MOUNTS: readonly CacheMounts[] = ['auto', 'always', 'never'];

/**
 * Language of the comments that plans write into files: the language of all other texts, a fixed one, or no comments.
 */
export type Comments = 'auto' | Language | 'none';

export const COMMENTS: readonly Comments[] = ['auto', ...LANGUAGES, 'none'];

interface LevelOptions {
  readonly level: Level;
  readonly buildContext?: object | undefined;
}

/** The strongest kind of fix of a rule that the level of a plan allows. */
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
