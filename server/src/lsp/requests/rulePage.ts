import { createRuleNames } from '../../engine/ruleNames';
import { renderRulePage } from '../../engine/rulePage';
import type { RulePageParams, RulePageResult } from '../../protocol';
import type { Session } from '../session';

/** Also finds the rule by another tool's name for it. */
export function rulePage({ engine }: Session, { rule }: RulePageParams): RulePageResult | null {
  const names = createRuleNames(engine.rules);
  const [wanted] = names.idsOf(rule);
  const meta = names.metas.find(({ id }) => id === wanted);
  return meta ? { markdown: renderRulePage(meta, engine) } : null;
}
