import type { EffectiveConfig } from '../../engine/config';
import type { Engine } from '../../engine/engine';
import { createRuleNames } from '../../engine/ruleNames';
import type { ListedRule, RuleListResult } from '../../protocol';
import type { Session } from '../session';

export function rules({ engine, configurations, settings }: Session): RuleListResult {
  // What lies in no folder has no configuration file.
  return { rules: listRules(engine, configurations.configFor('untitled:Dockerfile', settings)) };
}

/** Those that users can look up: what the page of each says first. */
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
