import type { DockerfileModel } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { Language, RuleDocs } from '../l10n/language';
import type { Localize } from '../l10n/localize';
import type { LoadPatterns } from '../text/linearPattern';
import type { Span } from '../text/span';
import type { BuildContext } from './buildContext';
import type { EffectiveConfig } from './config';
import type { ImagePlatforms } from './imagePlatforms';
import type { ImageScans } from './imageScans';
import type { LintMemory } from './lintMemory';
import type { MeasuredWaste } from './measured';
import type { AnyRule, Finding, FixSafety, RuleMeta } from './rule';
import type { ShellCheck } from './shellCheck';

/** The facade for the language server, the command line and the browser. Pure: the same input gives the same output. */
export interface Engine {
  readonly rules: readonly AnyRule[];
  readonly knowledge: KnowledgeBase;
  /** For the patterns of custom rules; undefined where there is no such library. */
  readonly loadPatterns: LoadPatterns | undefined;
  /** The user's language, for all texts except those of rules, which are already translated. */
  readonly localize: Localize;
  /** A specific language, for texts that stay in files. */
  localizeIn(language: Language): Localize;
  /** The documentation of a rule, in the user's language. */
  docsOf(meta: RuleMeta): RuleDocs;
  lint(text: string, options?: LintOptions): LintResult;
  fixAll(text: string, options: FixOptions): FixResult;
}

export interface LintOptions {
  /** `recommended` when omitted. */
  readonly config?: EffectiveConfig | undefined;
  readonly buildContext?: BuildContext | undefined;
  readonly shellCheck?: ShellCheck | undefined;
  readonly imageScans?: ImageScans | undefined;
  readonly imagePlatforms?: ImagePlatforms | undefined;
  /** Measured in an image that was built from exactly this text. */
  readonly measured?: readonly MeasuredWaste[] | undefined;
  /** For a file that is linted repeatedly while it changes: one memory per file. */
  readonly memory?: LintMemory | undefined;
}

export interface LintResult {
  readonly dockerfile: DockerfileModel;
  /** Sorted by start of span, then by rule id. */
  readonly findings: readonly Finding[];
}

export interface FixOptions extends Omit<LintOptions, 'memory'> {
  /** The least safe kind of fix to apply. */
  readonly upTo: Exclude<FixSafety, 'manual'>;
  /** Apply only fixes of these rules. */
  readonly rules?: ReadonlySet<string>;
  /**
   * Apply only fixes that change nothing outside this span; undefined, or a function that returns undefined, applies
   * all.
   */
  readonly within?: ((dockerfile: DockerfileModel) => Span | undefined) | undefined;
}

export interface FixResult {
  readonly text: string;
  /** In the order of their application, across all passes. */
  readonly applied: readonly AppliedFix[];
  readonly skipped: readonly SkippedFix[];
  /** The number of passes that changed something. */
  readonly passes: number;
}

export interface AppliedFix {
  readonly finding: Finding;
  readonly title: string;
  readonly safety: FixSafety;
}

export interface SkippedFix {
  readonly finding: Finding;
  readonly reason: 'conflict' | 'unsafe' | 'explicit' | 'manual' | 'changes-meaning' | 'did-not-converge';
}
