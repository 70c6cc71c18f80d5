import { builtinRules } from './builtinRules';
import { nearestName } from './nearestName';
import type { AnyRule, RuleMeta } from './rule';

/** Ids and aliases of all rules, including the built-in ones; case-insensitive. */
export interface RuleNames {
  /** Built-in rules first. */
  readonly metas: readonly RuleMeta[];
  /**
   * The rules with this name: several when one check of another tool corresponds to several rules here. A ShellCheck
   * code stands for itself.
   */
  idsOf(name: string): readonly string[];
  /** The same rules; none for a ShellCheck code. */
  metasOf(name: string): readonly RuleMeta[];
  /** The most similar name, in its original spelling. */
  nearestTo(name: string): string | undefined;
}

const SHELLCHECK_CODE = /^SC\d{4}$/i;

export function createRuleNames(rules: readonly AnyRule[]): RuleNames {
  const metas: RuleMeta[] = [...builtinRules, ...rules.map((rule) => rule.meta)];
  let spelled: Spelled | undefined;
  // Most files and configurations name no rule.
  const byName = (): Spelled => {
    spelled ??= readSpellings(metas);
    return spelled;
  };
  const idsOf: RuleNames['idsOf'] = (name) =>
    byName().ids.get(name.toLowerCase()) ?? (SHELLCHECK_CODE.test(name) ? [name.toUpperCase()] : []);
  return {
    metas,
    idsOf,
    metasOf(name) {
      const ids = idsOf(name);
      return metas.filter(({ id }) => ids.includes(id));
    },
    nearestTo: (name) => nearestName(name, byName().spellings),
  };
}

interface Spelled {
  /** By name in lower case. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly spellings: readonly string[];
}

function readSpellings(metas: readonly RuleMeta[]): Spelled {
  const ids = new Map<string, string[]>();
  const spellings: string[] = [];
  const isId = new Set(metas.map((meta) => meta.id));
  for (const meta of metas) {
    for (const spelling of [meta.id, ...meta.aliases]) {
      // An id takes precedence over another rule's alias.
      if (spelling !== meta.id && isId.has(spelling.toLowerCase())) continue;
      const known = ids.get(spelling.toLowerCase());
      if (known) known.push(meta.id);
      else {
        ids.set(spelling.toLowerCase(), [meta.id]);
        spellings.push(spelling);
      }
    }
  }
  return { ids, spellings };
}
