import type { Instruction } from '../dockerfile/model';
import { isWithin } from '../text/paths';
import { anyOf } from '../text/pattern';
import { isMadeBy } from './madeFolders';
import { leftoversOf } from './rootLeftovers';
import { type RootNeed, rootNeedOf } from './rootNeeds';
import type { RunSite } from './runSite';
import { type Writes, writesOf } from './writtenPaths';

/** What a user other than root must own, in addition to the working directory and what is copied into it. */
export interface Ownership {
  /**
   * Folders outside the working directory, folders that a RUN creates in it, and files that root's RUNs write in it.
   */
  readonly folders: readonly string[];
  /** The first RUN that must run as the user, together with all later ones; undefined when root may run all of them. */
  readonly from: Instruction | undefined;
  /** Packages may also change while the program runs. */
  readonly ownsDependencies: boolean;
}

/** Why the program must stay root: what needs root, or what cannot change its owner. */
export interface KeepsRoot {
  readonly kind: RootNeed['kind'] | 'folder' | 'leaves';
  readonly name: string;
}

/**
 * What a user other than root must own so that the program still works: the files that it visibly writes. Files that it
 * may write otherwise are assumed to be in the working directory.
 */
export function ownershipOf(site: RunSite): Ownership | KeepsRoot {
  const need = rootNeedOf(site);
  if (need) return need;
  const writes = writesOf(site);
  if (writes.system !== undefined) return { kind: 'writes', name: writes.system };
  if (site.workdir.includes('$')) return { kind: 'folder', name: site.workdir };
  if (!isOwnable(site, writes)) return { kind: 'workdir', name: site.workdir };
  const { from, files, problem, buildsAtStart } = leftoversOf(site);
  if ((from || buildsAtStart) && site.workdir === '/') return { kind: 'workdir', name: '/' };
  if (problem !== undefined) return { kind: 'leaves', name: problem };
  const folders = writes.folders.filter((folder) => !isMadeBehind(site, folder, from));
  return { folders: [...folders, ...files], from, ownsDependencies: buildsAtStart };
}

/**
 * True when the program only reads what RUNs have written to a folder that is about its working directory: packages
 * that are installed there may stay root's.
 */
export function leavesNothingToOwn(site: RunSite, folder: string): boolean {
  if (!site.stage.isFinal || !site.copied.isComplete || !isWithin(site.workdir, folder)) return false;
  if (site.stage.instructions.some(runsComposerScripts)) return false;
  const { from, files, problem, buildsAtStart } = leftoversOf(site);
  return from === undefined && files.length === 0 && problem === undefined && !buildsAtStart;
}

/** Frameworks write their caches in scripts after an install. */
function runsComposerScripts({ keyword, script }: Instruction): boolean {
  return (
    keyword === 'RUN' &&
    (script?.commands ?? []).some(
      ({ name, words }) => /^composer(?:\.phar)?$/.test(name) && !words.some(({ value }) => value === '--no-scripts'),
    )
  );
}

/** A folder that the user's own RUNs create already belongs to the user. */
function isMadeBehind({ stage }: RunSite, folder: string, from: Instruction | undefined): boolean {
  return (
    from !== undefined && stage.instructions.some((run) => run.span.start >= from.span.start && isMadeBy(run, folder))
  );
}

export function keepsRoot(answer: Ownership | KeepsRoot): answer is KeepsRoot {
  return 'kind' in answer;
}

const OF_THE_SYSTEM = anyOf(
  /^\/(?:bin|boot|dev|etc|lib\w*|proc|root|run|sbin|sys)$/,
  /^\/(?:usr(?!\/src(?:\/|$))(?:\/(?:local|share|lib|bin|sbin|local\/\w+|include))?)$/,
  /^\/(?:var(?:\/(?:lib|log|cache|run|spool|mail))?|home)$/,
);

/** Only root may write to `/` and system folders: there, it must be certain that the program writes nothing. */
function isOwnable({ workdir, context }: RunSite, { isNone }: Writes): boolean {
  if (workdir === '/') return isNone || !context;
  return !OF_THE_SYSTEM.test(workdir);
}
