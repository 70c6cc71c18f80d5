import { dropsPrivileges, rootNeedOf } from '../../app/rootNeeds';
import { createRunSite } from '../../app/runSite';
import type { Site } from '../../app/site';
import { writesOf } from '../../app/writtenPaths';

/** True when nothing speaks against another user than root: ports, volumes, programs, files that are written. */
export function canDropRoot(site: Site): boolean {
  const { stage, knowledge, context } = site;
  if (dropsPrivileges(stage) || stage.instructions.some(({ keyword }) => keyword === 'USER')) return false;
  return (
    rootNeedOf(createRunSite(stage, knowledge, context, [])) === undefined && !(writesFiles(site) && !ownsWorkdir(site))
  );
}

/** True when a source makes files, or it is not known. */
export function writesFiles({ stage, knowledge, context }: Site): boolean {
  return !writesOf(createRunSite(stage, knowledge, context, [])).isNone;
}

/** True when it is enough that the working directory belongs to the user: it comes so from the build stage, without a shell. */
export function ownsWorkdir({ stage, knowledge, context, services }: Site): boolean {
  const site = createRunSite(stage, knowledge, context, services);
  const hasVolume = site.instructions.some(({ keyword }) => keyword === 'VOLUME');
  return !hasVolume && writesOf(site).isInWorkdir;
}
