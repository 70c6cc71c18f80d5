import { lineage } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase';

/** Undefined if they are unknown: then any name may be set. Docker sets PATH in all images. */
export function variablesOfBase(stage: Stage, knowledge: KnowledgeBase): ReadonlySet<string> | undefined {
  const base = lineage(stage)[0]?.base;
  if (base?.kind === 'scratch') return new Set(['PATH']);
  return base?.kind === 'image' ? knowledge.image(base.image)?.env : undefined;
}
