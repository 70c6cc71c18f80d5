import { builtinRules } from './builtinRules';
import { nearestName } from './nearestName';
import type { AnyRule, RuleMeta } from './rule';

/** Ids and aliases of all rules, the built-in ones too; case does not count. */
export interface RuleNames {
  /** Built-in ones first. */
  readonly metas: readonly RuleMeta[];
  /** The rules that go by this name: more than one where another tool has one check for what are several here. A ShellCheck code stands for itself. */
  idsOf(name: string): readonly string[];
  /** The name that was probably meant, as it is written. */
  nearestTo(name: string): string | undefined;
}

const SHELLCHECK_CODE = /^SC\d{4}$/i;

export function createRuleNames(rules: readonly AnyRule[]): RuleNames {
  const metas: RuleMeta[] = [...builtinRules, ...rules.map((rule) => rule.meta)];
  const ids = new Map<string, string[]>();
  const spellings: string[] = [];
  const isId = new Set(metas.map((meta) => meta.id));
  for (const meta of metas) {
    for (const spelling of [meta.id, ...meta.aliases]) {
      // An id wins over another rule's alias.
      if (spelling !== meta.id && isId.has(spelling.toLowerCase())) continue;
      const known = ids.get(spelling.toLowerCase());
      if (known) known.push(meta.id);
      else {
        ids.set(spelling.toLowerCase(), [meta.id]);
        spellings.push(spelling);
      }
    }
  }
  return {
    metas,
    idsOf: (name) => ids.get(name.toLowerCase()) ?? (SHELLCHECK_CODE.test(name) ? [name.toUpperCase()] : []),
    nearestTo: (name) => nearestName(name, spellings),
  };
}
