import { isInFinalImage } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { RuleSettings } from '../../engine/ruleSettings';

/** What a step leaves behind counts where it ends in the image; for hadolint in every stage. */
export function isOfInterest(dockerfile: DockerfileModel, node: Instruction, { dialect }: RuleSettings): boolean {
  return dialect === 'hadolint' || isInFinalImage(dockerfile, node);
}
