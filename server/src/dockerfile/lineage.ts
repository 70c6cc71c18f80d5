import type { DockerfileModel, ImageReference, Instruction, Stage } from './model';

/** The stage and the stages of this file that it is built FROM, starting with the first. */
export function lineage(stage: Stage): Stage[] {
  return stage.base.kind === 'stage' ? [...lineage(stage.base.stage), stage] : [stage];
}

/** All instructions that lead to the image at the end of the stage, from the base on. */
export function inheritedInstructions({ base, instructions }: Stage): readonly Instruction[] {
  return base.kind === 'stage' ? [...inheritedInstructions(base.stage), ...instructions] : instructions;
}

/** The image that the stage is ultimately built on; undefined for scratch, and where a variable names it. */
export function baseImage({ base }: Stage): ImageReference | undefined {
  if (base.kind === 'stage') return baseImage(base.stage);
  return base.kind === 'image' ? base.image : undefined;
}

/** True when the stage is ultimately built on `scratch`. */
export function isFromScratch(stage: Stage): boolean {
  return lineage(stage)[0]?.base.kind === 'scratch';
}

/** The stage that is built: the one requested by name, else the last one. */
export function finalStage({ stages }: Pick<DockerfileModel, 'stages'>): Stage | undefined {
  return stages.find(({ isFinal }) => isFinal);
}

/** The stage whose instructions end up in the image: the final one, or the one that the final stage only renames. */
export function imageStage(dockerfile: Pick<DockerfileModel, 'stages'>): Stage | undefined {
  let stage = finalStage(dockerfile);
  while (stage?.base.kind === 'stage' && stage.instructions.length === 0) stage = stage.base.stage;
  return stage;
}

/** The first stage in the lineage of the final stage; its FROM names an external image. */
export function bottomStage({ stages }: Pick<DockerfileModel, 'stages'>): Stage | undefined {
  const target = stages.find(({ isFinal }) => isFinal);
  return target && lineage(target)[0];
}
