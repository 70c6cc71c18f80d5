import { dropsPrivileges, rootNeedOf } from '../../app/rootNeeds';
import { createRunSite } from '../../app/runSite';
import type { Site } from '../../app/site';
import { writesOf } from '../../app/writtenPaths';

/** True when nothing speaks against another user than root: ports, volumes, programs, files that are written. */
export function canDropRoot(site: Site): boolean {
  const { stage, knowledge, context } = site;
  if (dropsPrivileges(stage) || stage.instructions.some(({ keyword }) => keyword === 'USER')) return false;
  return rootNeedOf(createRunSite(stage, knowledge, context, [])) === undefined && !writesFiles(site);
}

/** True when a source makes files, or it is not known: a folder has to be given to the user, and that needs a shell. */
export function writesFiles({ stage, knowledge, context }: Site): boolean {
  return !writesOf(createRunSite(stage, knowledge, context, [])).isNone;
}
