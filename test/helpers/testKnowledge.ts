import { createKnowledgeBase } from '../../server/src/knowledge';

/** The facts that the product ships: rules are tried on what users get. */
export const testKnowledge = createKnowledgeBase(() => new Date('2026-11-24T12:00:00Z'));
