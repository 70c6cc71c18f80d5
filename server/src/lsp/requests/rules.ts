import type { EffectiveConfig } from '../../engine/config';
import type { Engine } from '../../engine/engine';
import { createRuleNames } from '../../engine/ruleNames';
import type { ListedRule, RuleListResult } from '../../protocol';
import type { Session } from '../session';

export function rules({ engine, configurations, settings }: Session): RuleListResult {
  // A document outside of any folder has no configuration file.
  return { rules: listRules(engine, configurations.configFor('untitled:Dockerfile', settings)) };
}

/** The rules that users can look up, each with the first facts of its page. */
export function listRules(engine: Engine, { severityOf }: Pick<EffectiveConfig, 'severityOf'>): readonly ListedRule[] {
  return createRuleNames(engine.rules)
    .metas.map((meta) => ({
      id: meta.id,
      aliases: meta.aliases,
      description: engine.docsOf(meta).description,
      isOn: severityOf(meta.id) !== 'off',
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
