import { createRuleNames } from '../../engine/ruleNames';
import { renderRulePage } from '../../engine/rulePage';
import type { RulePageParams, RulePageResult } from '../../protocol';
import type { Session } from '../session';

/** Also finds the rule by another tool's name for it. */
export function rulePage({ engine }: Session, { rule }: RulePageParams): RulePageResult | null {
  const [meta] = createRuleNames(engine.rules).metasOf(rule);
  return meta ? { markdown: renderRulePage(meta, engine) } : null;
}
