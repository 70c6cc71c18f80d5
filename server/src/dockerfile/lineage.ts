import type { DockerfileModel, Instruction, Stage } from './model';

/** The stage and the stages of this file that it is built FROM, the first of them first. */
export function lineage(stage: Stage): Stage[] {
  return stage.base.kind === 'stage' ? [...lineage(stage.base.stage), stage] : [stage];
}

/** All that is done to the image at the end of the stage, from the base on. */
export function inheritedInstructions(stage: Stage): Instruction[] {
  return lineage(stage).flatMap(({ instructions }) => instructions);
}

/** True when nothing but `scratch` stands below the stage. */
export function isFromScratch(stage: Stage): boolean {
  return lineage(stage)[0]?.base.kind === 'scratch';
}

/** What is built: the stage that is asked for by name, else the last one. */
export function finalStage({ stages }: Pick<DockerfileModel, 'stages'>): Stage | undefined {
  return stages.find(({ isFinal }) => isFinal);
}

/** The stage whose instructions end in the image: the final one, or the one that it only gives another name. */
export function imageStage(dockerfile: Pick<DockerfileModel, 'stages'>): Stage | undefined {
  let stage = finalStage(dockerfile);
  while (stage?.base.kind === 'stage' && stage.instructions.length === 0) stage = stage.base.stage;
  return stage;
}

/** The stage that what is built starts with; its FROM names an image from outside. */
export function bottomStage({ stages }: Pick<DockerfileModel, 'stages'>): Stage | undefined {
  const target = stages.find(({ isFinal }) => isFinal);
  return target && lineage(target)[0];
}
