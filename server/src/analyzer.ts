import { createEngine } from './engine/createEngine';
import type { Engine } from './engine/engine';
import { createKnowledgeBase } from './knowledge';
import { allRules } from './rules';

/** The engine as users get it: all rules, the shipped facts. */
export function createAnalyzer(now?: () => Date): Engine {
  return createEngine({ rules: allRules, knowledge: createKnowledgeBase(now) });
}
