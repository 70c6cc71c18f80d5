import type { BuildContext } from '../engine/buildContext';
import type { EffectiveConfig } from '../engine/config';
import type { SkippedFix } from '../engine/engine';
import type { FixSafety } from '../engine/rule';
import type { TextEdit } from '../text/edits';
import type { CacheMounts, Comments, Level } from './levels';

export interface OptimizerPlan {
  readonly before: string;
  /** Applied in order: each step's edits refer to the text that the previous step produced. */
  readonly steps: readonly OptimizerStep[];
  readonly skipped: readonly SkippedStep[];
  /** The text after all steps. */
  readonly after: string;
  /** Files next to the Dockerfile that belong to the plan. */
  readonly files: readonly NewFile[];
  /** The final image, before and after; unknown figures are left out. */
  readonly summary: { readonly before: ImageSummary; readonly after: ImageSummary };
}

export interface OptimizerStep {
  /** Id of a rule or transform. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences for the user. */
  readonly reason: string;
  /** What could break; undefined for safe steps. */
  readonly risk?: string;
  readonly safety: Exclude<FixSafety, 'manual'>;
  readonly edits: readonly TextEdit[];
  readonly files?: readonly NewFile[];
  readonly replacesProgram?: true;
  readonly impact?: StepImpact;
}

/** Estimates, all from the sizes of `estimateSizes`; negative values are savings. */
export interface StepImpact {
  /** Unpacked size of the final image. */
  readonly bytes?: number;
  /** Change in the number of RUN instructions that run again after a source file changes. */
  readonly rebuiltSteps?: number;
}

/** A file to write, with its path relative to the Dockerfile. */
export interface NewFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

export interface ImageSummary {
  /** Layers that the file itself adds to the final image. */
  readonly layers: number;
  /** RUN instructions in all stages that run again after a source file changes. */
  readonly rebuiltSteps: number;
  /** Approximate unpacked size of the final stage's base image, if a source gives it. */
  readonly baseBytes?: number;
  /** Approximate unpacked size of the image, as far as it is known. */
  readonly imageBytes?: number;
}

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
  readonly reason: Exclude<SkippedFix['reason'], 'explicit'> | 'guard';
  /** For the user: what prevents it, what could break, or what the user has to decide. */
  readonly why: string;
}

export interface PlanOptions {
  readonly config?: EffectiveConfig | undefined;
  readonly buildContext?: BuildContext | undefined;
  readonly level: Level;
  /** When to use cache mounts for package managers and compilers; `auto` by default. */
  readonly preferCacheMounts?: CacheMounts | undefined;
  /** Language of the comments that the plan writes; `auto` by default. */
  readonly comments?: Comments | undefined;
  /** Docker on this machine builds with BuildKit; unknown if undefined. */
  readonly hasBuildKit?: boolean | undefined;
  /** The file is created now: no image exists that the new one has to agree with. */
  readonly isNew?: boolean;
  /** Ids of steps that the user switched off. */
  readonly without?: ReadonlySet<string>;
  /** Limits the plan to the stage with this index; undefined: all stages. */
  readonly stage?: number | undefined;
}
