import { builtinRules } from './builtinRules';
import { nearestName } from './nearestName';
import type { AnyRule, RuleMeta } from './rule';

/** Ids and aliases of all rules, the built-in ones too; case does not count. */
export interface RuleNames {
  /** Built-in ones first. */
  readonly metas: readonly RuleMeta[];
  /** The rule's id; undefined when no rule goes by this name. */
  idOf(name: string): string | undefined;
  /** The name that was probably meant, as it is written. */
  nearestTo(name: string): string | undefined;
}

export function createRuleNames(rules: readonly AnyRule[]): RuleNames {
  const metas: RuleMeta[] = [...builtinRules, ...rules.map((rule) => rule.meta)];
  const ids = new Map<string, string>();
  const spellings: string[] = [];
  // An id wins over another rule's alias.
  for (const namesOf of [(meta: RuleMeta) => [meta.id], (meta: RuleMeta) => meta.aliases]) {
    for (const meta of metas) {
      for (const spelling of namesOf(meta)) {
        if (ids.has(spelling.toLowerCase())) continue;
        ids.set(spelling.toLowerCase(), meta.id);
        spellings.push(spelling);
      }
    }
  }
  return {
    metas,
    idOf: (name) => ids.get(name.toLowerCase()),
    nearestTo: (name) => nearestName(name, spellings),
  };
}
