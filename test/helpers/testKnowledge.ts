import type { KnowledgeBase } from '../../server/src/knowledge/knowledgeBase';

/** Knows no image: the default where a test does not say otherwise. */
export const testKnowledge: KnowledgeBase = { image: () => undefined, asOf: '2026-08' };
