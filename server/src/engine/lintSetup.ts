import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { BuildContext } from './buildContext';
import type { EffectiveConfig } from './config';
import type { ImagePlatforms } from './imagePlatforms';
import type { ImageScans } from './imageScans';
import type { LintMemory } from './lintMemory';
import type { MeasuredWaste } from './measured';
import type { Speech } from './messages';
import type { AnyRule } from './rule';
import type { RuleNames } from './ruleNames';
import type { ShellCheck } from './shellCheck';

/** The inputs of findings other than the file itself. */
export interface LintSetup {
  readonly rules: readonly AnyRule[];
  readonly names: RuleNames;
  readonly knowledge: KnowledgeBase;
  readonly speech: Speech;
  readonly config: EffectiveConfig;
  readonly buildContext: BuildContext | undefined;
  readonly shellCheck: ShellCheck | undefined;
  readonly imageScans: ImageScans | undefined;
  readonly imagePlatforms: ImagePlatforms | undefined;
  readonly measured: readonly MeasuredWaste[] | undefined;
  /** From an earlier version of the same file. */
  readonly memory: LintMemory | undefined;
}
