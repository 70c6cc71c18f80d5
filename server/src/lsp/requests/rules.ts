import type { EffectiveConfig } from '../../engine/config';
import type { Engine } from '../../engine/engine';
import { createRuleNames } from '../../engine/ruleNames';
import type { ListedRule } from '../../protocol';

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
