import { dropsPrivileges, rootNeedOf } from '../../app/rootNeeds';
import { createRunSite } from '../../app/runSite';
import type { Site } from '../../app/site';
import { writesOf } from '../../app/writtenPaths';

/** True if nothing requires root: ports, volumes, programs, written files. */
export function canDropRoot(site: Site): boolean {
  const { stage, knowledge, context, services } = site;
  if (dropsPrivileges(stage) || stage.instructions.some(({ keyword }) => keyword === 'USER')) return false;
  return (
    rootNeedOf(createRunSite(stage, knowledge, context, services)) === undefined &&
    !(writesFiles(site) && !ownsWorkdir(site))
  );
}

/** True if a source writes files, or if that is unknown. */
export function writesFiles({ stage, knowledge, context }: Site): boolean {
  return !writesOf(createRunSite(stage, knowledge, context, [])).isNone;
}

/**
 * True if it is enough that the user owns the working directory, which then comes from the build stage and needs no
 * shell.
 */
export function ownsWorkdir({ stage, knowledge, context, services }: Site): boolean {
  const site = createRunSite(stage, knowledge, context, services);
  const hasVolume = site.instructions.some(({ keyword }) => keyword === 'VOLUME');
  return !hasVolume && writesOf(site).isInWorkdir;
}
