import type { DockerfileModel } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import type { Language, RuleDocs } from '../l10n/language';
import type { Localize } from '../l10n/localize';
import type { Span } from '../text/span';
import type { BuildContext } from './buildContext';
import type { EffectiveConfig } from './config';
import type { ImageScans } from './imageScans';
import type { LintMemory } from './lintMemory';
import type { MeasuredWaste } from './measured';
import type { AnyRule, Finding, FixSafety, RuleMeta } from './rule';
import type { ShellCheck } from './shellCheck';

/** The facade: everything the language server, the command line and the browser ask for. Pure; same input, same output. */
export interface Engine {
  readonly rules: readonly AnyRule[];
  readonly knowledge: KnowledgeBase;
  /** The user's language: for all texts but those of rules, which come translated. */
  readonly localize: Localize;
  /** Another language: for what stays in files. */
  localizeIn(language: Language): Localize;
  /** What is told about a rule, in the user's language. */
  docsOf(meta: RuleMeta): RuleDocs;
  lint(text: string, options?: LintOptions): LintResult;
  fixAll(text: string, options: FixOptions): FixResult;
}

export interface LintOptions {
  /** `recommended` when left out. */
  readonly config?: EffectiveConfig | undefined;
  readonly buildContext?: BuildContext | undefined;
  readonly shellCheck?: ShellCheck | undefined;
  readonly imageScans?: ImageScans | undefined;
  /** Of an image that was built from this very text. */
  readonly measured?: readonly MeasuredWaste[] | undefined;
  /** For a file that is looked at again and again while it changes: one for each. */
  readonly memory?: LintMemory | undefined;
}

export interface LintResult {
  readonly dockerfile: DockerfileModel;
  /** By start of span, then rule id. */
  readonly findings: readonly Finding[];
}

export interface FixOptions extends Omit<LintOptions, 'memory'> {
  /** The strongest fixes to apply. */
  readonly upTo: Exclude<FixSafety, 'manual'>;
  /** Only these rules' fixes. */
  readonly rules?: ReadonlySet<string>;
  /** Only fixes that change nothing outside of it; undefined, or giving undefined: all. */
  readonly within?: ((dockerfile: DockerfileModel) => Span | undefined) | undefined;
}

export interface FixResult {
  readonly text: string;
  /** In the order they went in, over all passes. */
  readonly applied: readonly AppliedFix[];
  readonly skipped: readonly SkippedFix[];
  /** How many passes changed something. */
  readonly passes: number;
}

export interface AppliedFix {
  readonly finding: Finding;
  readonly title: string;
  readonly safety: FixSafety;
}

export interface SkippedFix {
  readonly finding: Finding;
  readonly reason: 'conflict' | 'unsafe' | 'manual' | 'changes-meaning' | 'did-not-converge';
}
