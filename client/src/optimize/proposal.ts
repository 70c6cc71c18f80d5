import type { TextDocument } from 'vscode';
import type { OptimizeResult } from '../../../server/src/protocol';
import type { VerifiedPlan } from './verifiedSteps';

/** A plan that is shown until it is accepted or discarded. */
export interface Proposal {
  readonly document: TextDocument;
  readonly plan: OptimizeResult;
  /** The plan with no step turned off: all steps that can be chosen. */
  readonly full: OptimizeResult;
  /** Ids of the steps turned off; undefined before the user has chosen. */
  readonly without: readonly string[] | undefined;
  /** The line of the FROM, if the plan is for one stage only. */
  readonly stageLine: number | undefined;
  /** What is known of its steps from building and running the image. */
  readonly verified: VerifiedPlan | undefined;
}
