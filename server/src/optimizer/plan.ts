import type { BuildContext } from '../engine/buildContext';
import type { EffectiveConfig } from '../engine/config';
import type { SkippedFix } from '../engine/engine';
import type { FixSafety, Impact } from '../engine/rule';
import type { TextEdit } from '../text/edits';

export interface OptimizerPlan {
  readonly before: string;
  /** Applied one after the other: each step's edits are for the text that the step before it left. */
  readonly steps: readonly OptimizerStep[];
  readonly skipped: readonly SkippedStep[];
  /** The text after all steps. */
  readonly after: string;
}

export interface OptimizerStep {
  /** A rule's id, or a transform's. */
  readonly id: string;
  readonly title: string;
  /** Why: one or two sentences for a person. */
  readonly reason: string;
  readonly safety: Exclude<FixSafety, 'manual'>;
  readonly edits: readonly TextEdit[];
  /** Estimates; negative bytes are saved. */
  readonly impact?: Impact;
}

export interface SkippedStep {
  readonly id: string;
  readonly title: string;
  readonly reason: SkippedFix['reason'];
}

export interface PlanOptions {
  readonly config?: EffectiveConfig;
  readonly buildContext?: BuildContext | undefined;
  /** The strongest steps to take. */
  readonly upTo: Exclude<FixSafety, 'manual'>;
  /** Steps that the user switched off, by id. */
  readonly without?: ReadonlySet<string>;
}
