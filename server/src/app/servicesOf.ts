import { lineage } from '../dockerfile/lineage';
import type { Stage } from '../dockerfile/model';
import type { ServiceRun } from '../engine/serviceRun';

/**
 * How the image of a stage is run. A service that builds another target, such as `development`, says nothing about its
 * commands and mounted sources, but its volumes keep the data of the same program.
 */
export function servicesOf(stage: Stage, services: readonly ServiceRun[]): readonly ServiceRun[] {
  return services.map((service) =>
    runsStage(stage, service)
      ? service
      : { mounts: service.mounts.filter(({ kind }) => kind === 'volume'), starts: [], isPrivileged: false },
  );
}

function runsStage(stage: Stage, { target }: ServiceRun): boolean {
  return (
    target === undefined ||
    lineage(stage).some(({ name, index }) => name === target.toLowerCase() || `${index}` === target)
  );
}
