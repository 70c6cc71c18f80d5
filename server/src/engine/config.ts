import { matchesGlob } from './glob';
import type { AnyRule, Severity } from './rule';
import { createRuleNames } from './ruleNames';

/** What holds for one file after presets, configuration files and command-line choices. */
export interface EffectiveConfig {
  severityOf(ruleId: string): Severity | 'off';
}

export type RuleChoice = Severity | 'off';

/** A configuration file's content. Rules stand by id, aliases resolved. */
export interface Config {
  readonly extends: 'recommended' | 'all';
  readonly rules: ReadonlyMap<string, RuleChoice>;
  /** The later wins. */
  readonly overrides: readonly ConfigOverride[];
}

export interface ConfigOverride {
  /** Globs against the path from the configuration's folder; undefined means every file. */
  readonly files: readonly string[] | undefined;
  readonly rules: ReadonlyMap<string, RuleChoice>;
}

export interface ConfigProblem {
  readonly message: string;
  /** From one, as editors count. */
  readonly line?: number;
}

export const defaultConfig: Config = { extends: 'recommended', rules: new Map(), overrides: [] };

/** What holds for the file at `path`: relative to the configuration's folder, with `/` or `\` between folders. */
export function resolveConfig(config: Config, rules: readonly AnyRule[], path: string): EffectiveConfig {
  const severities = new Map<string, RuleChoice>();
  for (const { id, severity, recommended } of createRuleNames(rules).metas) {
    severities.set(id, recommended || config.extends === 'all' ? severity : 'off');
  }
  const overrides = config.overrides.filter(
    ({ files }) => files === undefined || files.some((glob) => matchesGlob(path, glob)),
  );
  for (const choices of [config.rules, ...overrides.map((override) => override.rules)]) {
    for (const [id, choice] of choices) severities.set(id, choice);
  }
  return { severityOf: (ruleId) => severities.get(ruleId) ?? 'off' };
}

/** The configuration with choices that win over all it says, as from a command line; unknown rules and values are problems. */
export function withRuleChoices(
  config: Config,
  choices: Iterable<readonly [name: string, choice: string]>,
  rules: readonly AnyRule[],
): { config: Config; problems: readonly ConfigProblem[] } {
  const names = createRuleNames(rules);
  const chosen = new Map<string, RuleChoice>();
  const problems: ConfigProblem[] = [];
  for (const [name, choice] of choices) {
    const id = names.idOf(name);
    if (id === undefined) problems.push({ message: unknownMessage('rule', name, names.nearestTo(name)) });
    else if (!isRuleChoice(choice)) problems.push({ message: `${name}: ${CHOICE_EXPECTED}` });
    else chosen.set(id, choice);
  }
  const overrides = [...config.overrides, { files: undefined, rules: chosen }];
  return { config: { ...config, overrides }, problems };
}

const CHOICES: readonly string[] = ['off', 'hint', 'info', 'warning', 'error'];

export const CHOICE_EXPECTED = `expected ${CHOICES.map((choice) => `"${choice}"`).join(', ')}`;

export function isRuleChoice(value: unknown): value is RuleChoice {
  return typeof value === 'string' && CHOICES.includes(value);
}

export function unknownMessage(what: string, name: string, nearest: string | undefined): string {
  return `Unknown ${what} "${name}"${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`;
}
