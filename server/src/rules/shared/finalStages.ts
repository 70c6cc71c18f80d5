import { finalStage, lineage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';

/** The stages whose layers end in the image: the final one and those it is built FROM. Others are thrown away. */
export function finalStages(dockerfile: DockerfileModel): Stage[] {
  const final = finalStage(dockerfile);
  return final ? lineage(final) : [];
}

/** False for instructions of stages that are thrown away. */
export function isInFinalImage(dockerfile: DockerfileModel, node: Instruction): boolean {
  return node.stage !== undefined && finalStages(dockerfile).includes(node.stage);
}

/** The instructions that run after `node` in its stage and in the stages built FROM it. */
export function laterInstructions(dockerfile: DockerfileModel, node: Instruction): Instruction[] {
  const descendants = new Set<Stage>();
  if (node.stage) descendants.add(node.stage);
  for (const stage of dockerfile.stages) {
    if (stage.base.kind === 'stage' && descendants.has(stage.base.stage)) descendants.add(stage);
  }
  return [...descendants].flatMap((stage) =>
    stage.instructions.filter((other) => stage !== node.stage || other.span.start > node.span.start),
  );
}
