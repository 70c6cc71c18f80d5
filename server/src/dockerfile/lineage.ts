import type { Stage } from './model';

/** The stage and the stages of this file that it is built FROM, the first of them first. */
export function lineage(stage: Stage): Stage[] {
  return stage.base.kind === 'stage' ? [...lineage(stage.base.stage), stage] : [stage];
}

/** True when nothing but `scratch` stands below the stage. */
export function isFromScratch(stage: Stage): boolean {
  return lineage(stage)[0]?.base.kind === 'scratch';
}
