import { isInteractiveStart } from '../commands/interactiveShell';
import { inheritedInstructions } from '../dockerfile/lineage';
import type { Stage } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { baseFacts } from './effectiveUser';
import type { Site } from './site';

/**
 * True where nothing is started, by the file, the image below it or Compose, but a shell: others are built on such an image,
 * or people and CI work in it, and what they need of it cannot be seen here.
 */
export function isBuiltOn({ stage, knowledge, services }: Pick<Site, 'stage' | 'knowledge' | 'services'>): boolean {
  return (
    inheritedInstructions(stage).some(({ keyword }) => keyword === 'ONBUILD') ||
    (startsNothing(stage, knowledge) && services.every(({ starts }) => starts.length === 0))
  );
}

/** The same where nothing of a program is copied in: what Compose or a cluster starts would be. */
export function isRunByNobody(site: Pick<Site, 'stage' | 'knowledge' | 'services'>): boolean {
  const hasProgram = inheritedInstructions(site.stage).some(
    ({ keyword, flags }) => (keyword === 'COPY' || keyword === 'ADD') && !flags.some(({ name }) => name === 'from'),
  );
  return !hasProgram && isBuiltOn(site);
}

/** Neither the file nor the image below it starts anything but a shell; Compose may. */
export function startsNothing(stage: Stage, knowledge: KnowledgeBase): boolean {
  if (inheritedInstructions(stage).some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')) return false;
  const facts = baseFacts(stage, knowledge);
  if (facts?.dropsPrivileges) return false;
  return facts?.starts === undefined || isInteractiveStart(facts.starts);
}
