import { isInteractiveStart } from '../commands/interactiveShell';
import { inheritedInstructions } from '../dockerfile/lineage';
import type { Stage } from '../dockerfile/model';
import type { KnowledgeBase } from '../knowledge/knowledgeBase';
import { baseFacts } from './effectiveUser';

/**
 * True where nothing is started, by the file or by the image below it, but a shell: others are built on such an image,
 * or people and CI work in it, and what they need of it cannot be seen here.
 */
export function isBuiltOn(stage: Stage, knowledge: KnowledgeBase): boolean {
  return inheritedInstructions(stage).some(({ keyword }) => keyword === 'ONBUILD') || startsNothing(stage, knowledge);
}

/** Neither the file nor the image below it starts anything but a shell. */
export function startsNothing(stage: Stage, knowledge: KnowledgeBase): boolean {
  if (inheritedInstructions(stage).some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')) return false;
  const facts = baseFacts(stage, knowledge);
  if (facts?.dropsPrivileges) return false;
  return facts?.starts === undefined || isInteractiveStart(facts.starts);
}
