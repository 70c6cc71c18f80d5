import { isInitOnly, isInteractiveStart } from '../commands/interactiveShell';
import { inheritedInstructions } from '../dockerfile/lineage';
import type { Stage } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { baseFacts } from './effectiveUser';
import type { Site } from './site';

/**
 * True where the Dockerfile, the base image and Compose start nothing but a shell. Other images are built on such an
 * image, or people and CI work in it, so we cannot see what they need from it.
 */
export function isBuiltOn({ stage, knowledge, services }: Pick<Site, 'stage' | 'knowledge' | 'services'>): boolean {
  return hasTriggers(stage) || (startsNothing(stage, knowledge) && services.every(({ starts }) => starts.length === 0));
}

/** True where ONBUILD makes it an image for others to build on. */
export function hasTriggers(stage: Stage): boolean {
  return inheritedInstructions(stage).some(({ keyword }) => keyword === 'ONBUILD');
}

/** The same, and no program is copied in: Compose or a cluster would start a program. */
export function isRunByNobody(site: Pick<Site, 'stage' | 'knowledge' | 'services'>): boolean {
  const hasProgram = inheritedInstructions(site.stage).some(
    ({ keyword, flags }) => (keyword === 'COPY' || keyword === 'ADD') && !flags.some(({ name }) => name === 'from'),
  );
  return !hasProgram && isBuiltOn(site);
}

/** True when the Dockerfile and the base image start nothing but a shell; Compose may start something. */
export function startsNothing(stage: Stage, knowledge: KnowledgeBase): boolean {
  const starts = inheritedInstructions(stage).filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  if (starts.length > 0) return starts.every((node) => node.keyword === 'ENTRYPOINT' && isInitOnly(node));
  const facts = baseFacts(stage, knowledge);
  if (facts?.dropsPrivileges) return false;
  return facts?.starts === undefined || isInteractiveStart(facts.starts);
}
