import { addsToFinalImage } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { RuleSettings } from '../../engine/ruleSettings';

/** Leftovers of a step count if they are in the final image; for hadolint, in every stage. */
export function isOfInterest(dockerfile: DockerfileModel, node: Instruction, { dialect }: RuleSettings): boolean {
  return dialect === 'hadolint' || addsToFinalImage(dockerfile, node);
}
