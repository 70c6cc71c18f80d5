import type { BuildContext } from '../engine/buildContext';
import type { EffectiveConfig } from '../engine/config';
import type { SkippedFix } from '../engine/engine';
import type { FixSafety } from '../engine/rule';
import type { TextEdit } from '../text/edits';
import type { CacheMounts, Comments, Level } from './levels';

export interface OptimizerPlan {
  readonly before: string;
  /** Applied one after the other: each step's edits are for the text that the step before it left. */
  readonly steps: readonly OptimizerStep[];
  readonly skipped: readonly SkippedStep[];
  /** The text after all steps. */
  readonly after: string;
  /** Files beside the Dockerfile that belong to the plan. */
  readonly files: readonly NewFile[];
  /** Of the final image, before and after; what is not known is left out. */
  readonly summary: { readonly before: ImageSummary; readonly after: ImageSummary };
}

export interface OptimizerStep {
  /** A rule's id, or a transform's. */
  readonly id: string;
  readonly title: string;
  /** Why: one or two sentences for a person. */
  readonly reason: string;
  /** What could break; undefined for safe steps. */
  readonly risk?: string;
  readonly safety: Exclude<FixSafety, 'manual'>;
  readonly edits: readonly TextEdit[];
  readonly files?: readonly NewFile[];
  readonly impact?: StepImpact;
}

/** Estimates, all by the sizes of `estimateSizes`; negative is saved. */
export interface StepImpact {
  /** Unpacked, of the final image. */
  readonly bytes?: number;
  /** How many RUN instructions a changed source file makes run again, more or fewer than before. */
  readonly rebuiltSteps?: number;
}

/** A file to write, by its path beside the Dockerfile. */
export interface NewFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

export interface ImageSummary {
  /** Layers that the file itself adds to the final image. */
  readonly layers: number;
  /** RUN instructions, of all stages, that a changed source file makes run again. */
  readonly rebuiltSteps: number;
  /** About how large the base image of the final stage is, unpacked, where a source gives it. */
  readonly baseBytes?: number;
  /** About how large the image is, unpacked, as far as it is known. */
  readonly imageBytes?: number;
}

/** What a plan comes to. */
export interface PlanSummary {
  readonly stepCount: number;
  /** After all steps. */
  readonly text: string;
  readonly before: ImageSummary;
  readonly after: ImageSummary;
}

export interface SkippedStep {
  readonly id: string;
  readonly title: string;
  readonly reason: SkippedFix['reason'] | 'guard';
  /** In words: what speaks against it, what could break, or what a person has to decide. */
  readonly why: string;
}

export interface PlanOptions {
  readonly config?: EffectiveConfig | undefined;
  readonly buildContext?: BuildContext | undefined;
  readonly level: Level;
  /** When to keep what package managers and compilers find again in cache mounts: `auto` when left out. */
  readonly preferCacheMounts?: CacheMounts | undefined;
  /** The language of the comments that the plan writes: `auto` when left out. */
  readonly comments?: Comments | undefined;
  /** Docker on this machine builds with BuildKit; not known when left out. */
  readonly hasBuildKit?: boolean | undefined;
  /** Steps that the user switched off, by id. */
  readonly without?: ReadonlySet<string>;
  /** Only what this stage, by its index, holds; undefined: all. */
  readonly stage?: number | undefined;
}
