import { lineage } from '../dockerfile/lineage';
import type { Stage } from '../dockerfile/model';
import type { ServiceRun } from '../engine/serviceRun';

/**
 * How the image of a stage is run. A service that builds another target, such as `development`, says nothing about its
 * commands and mounted sources, but its volumes keep the data of the same program.
 */
export function servicesOf(stage: Stage, services: readonly ServiceRun[]): readonly ServiceRun[] {
  return services.map((service) => {
    if (runsStage(stage, service)) return service;
    const mounts = copiesFiles(stage) ? service.mounts.filter(({ kind }) => kind === 'volume') : service.mounts;
    return { mounts, starts: [], isPrivileged: false };
  });
}

/** False where the program itself has to be mounted. */
function copiesFiles(stage: Stage): boolean {
  return lineage(stage).some(({ instructions }) =>
    instructions.some(
      ({ keyword, flags }) => /^(?:COPY|ADD)$/.test(keyword) && !flags.some(({ name }) => name === 'from'),
    ),
  );
}

function runsStage(stage: Stage, { target }: ServiceRun): boolean {
  return (
    target === undefined ||
    lineage(stage).some(({ name, index }) => name === target.toLowerCase() || `${index}` === target)
  );
}
