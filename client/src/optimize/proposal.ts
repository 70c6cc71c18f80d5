import type { TextDocument } from 'vscode';
import type { OptimizeParams, OptimizeResult } from '../../../server/src/protocol';
import type { VerifiedPlan } from './verifiedSteps';

/** What the plan is for, if not for the whole document: one stage, or a Dockerfile inside the document. */
export type PlanPart = Pick<OptimizeParams, 'stageLine' | 'inlineLine'>;

/** A plan that is shown until it is accepted or discarded. */
export interface Proposal {
  readonly document: TextDocument;
  readonly plan: OptimizeResult;
  /** The plan with no step turned off: all steps that can be chosen. */
  readonly full: OptimizeResult;
  /** Ids of the steps turned off; undefined before the user has chosen. */
  readonly without: readonly string[] | undefined;
  readonly part: PlanPart;
  /** What is known of its steps from building and running the image. */
  readonly verified: VerifiedPlan | undefined;
}
