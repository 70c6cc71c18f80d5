import { createKnowledgeBase } from '../../server/src/knowledge';

/** The shipped knowledge: rules are tested with what users get. */
export const testKnowledge = createKnowledgeBase(() => new Date('2026-11-24T12:00:00Z'));
