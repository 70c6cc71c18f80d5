import type { CustomRule } from './customRule';
import type { AnyRule } from './rule';
import { createRuleNames, type RuleNames } from './ruleNames';

/** The rules that run on a file: those of the engine, and those that its configuration defines. */
export interface RuleSet {
  readonly rules: readonly AnyRule[];
  readonly names: RuleNames;
}

const known = new WeakMap<readonly AnyRule[], WeakMap<readonly CustomRule[], RuleSet>>();
const NONE: readonly CustomRule[] = [];

/** Created once per engine and configuration. */
export function ruleSetOf(rules: readonly AnyRule[], custom: readonly CustomRule[] = NONE): RuleSet {
  const own = known.get(rules) ?? new WeakMap<readonly CustomRule[], RuleSet>();
  known.set(rules, own);
  // An empty list is the same for every configuration.
  const key = custom.length === 0 ? NONE : custom;
  const set = own.get(key) ?? createSet(key.length === 0 ? rules : [...rules, ...key.map(({ rule }) => rule)]);
  own.set(key, set);
  return set;
}

function createSet(rules: readonly AnyRule[]): RuleSet {
  return { rules, names: createRuleNames(rules) };
}
