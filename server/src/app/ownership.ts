import type { Instruction } from '../dockerfile/model';
import { isMadeBy } from './madeFolders';
import { leftoversOf } from './rootLeftovers';
import { type RootNeed, rootNeedOf } from './rootNeeds';
import type { RunSite } from './runSite';
import { type Writes, writesOf } from './writtenPaths';

/** What has to belong to a user other than root, beside the working directory and what is copied into it. */
export interface Ownership {
  /** Folders outside of the working directory, or made in it by a RUN, and files that root's RUNs write in it. */
  readonly folders: readonly string[];
  /** The first RUN that has to be the user's own work, as all behind it; undefined: root may do all of them. */
  readonly from: Instruction | undefined;
  /** Packages too may change while it runs. */
  readonly ownsDependencies: boolean;
}

/** Why it stays root's: what needs root, or what cannot be given away. */
export interface KeepsRoot {
  readonly kind: RootNeed['kind'] | 'folder' | 'leaves';
  readonly name: string;
}

/**
 * What a user other than root has to own so that the program still works: what it is seen to write, and what it may
 * write unseen, which is assumed to lie beside its files.
 */
export function ownershipOf(site: RunSite): Ownership | KeepsRoot {
  const need = rootNeedOf(site);
  if (need) return need;
  const writes = writesOf(site);
  if (writes.system !== undefined) return { kind: 'writes', name: writes.system };
  if (site.workdir.includes('$')) return { kind: 'folder', name: site.workdir };
  if (!isOwnable(site, writes)) return { kind: 'workdir', name: site.workdir };
  const { from, files, problem, buildsAtStart } = leftoversOf(site);
  if (from && site.workdir === '/') return { kind: 'workdir', name: '/' };
  if (problem !== undefined) return { kind: 'leaves', name: problem };
  const folders = writes.folders.filter((folder) => !isMadeBehind(site, folder, from));
  return { folders: [...folders, ...files], from, ownsDependencies: buildsAtStart };
}

/** What the user makes itself belongs to it. */
function isMadeBehind({ stage }: RunSite, folder: string, from: Instruction | undefined): boolean {
  return (
    from !== undefined && stage.instructions.some((run) => run.span.start >= from.span.start && isMadeBy(run, folder))
  );
}

export function keepsRoot(answer: Ownership | KeepsRoot): answer is KeepsRoot {
  return 'kind' in answer;
}

const OF_THE_SYSTEM =
  /^\/(?:bin|boot|dev|etc|lib\w*|proc|root|run|sbin|sys|usr(?!\/src(?:\/|$))(?:\/(?:local|share|lib|bin|sbin|local\/\w+|include))?|var(?:\/(?:lib|log|cache|run|spool|mail))?|home)$/;

/** Nobody but root may write in `/` and in folders of the system: there it has to be seen that nothing is written. */
function isOwnable({ workdir, context }: RunSite, { isNone }: Writes): boolean {
  if (workdir === '/') return isNone || !context;
  return !OF_THE_SYSTEM.test(workdir);
}
