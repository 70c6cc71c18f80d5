import { createLocalize, type Localize } from '../l10n/localize';
import { type Phrase, phrase, say } from '../l10n/phrase';
import { builtinRules } from './builtinRules';
import type { CustomRule } from './customRule';
import { matchesGlob } from './glob';
import { type Preset, presetSeverity } from './presets';
import type { AnyRule, Severity } from './rule';
import { ruleSetOf } from './ruleSet';
import { defaultRuleSettings, type RuleSettings } from './ruleSettings';
import type { VerifySettings } from './verifySettings';

/** The settings for one file, from presets, configuration files and command-line choices. */
export interface EffectiveConfig {
  severityOf(ruleId: string): Severity | 'off';
  /** The choice for a code of another tool, such as `SC2086`; undefined when there is none. */
  choiceOf(code: string): RuleChoice | undefined;
  /** By rule and by code of another tool; safe fixes are applied where there is none. */
  readonly fixes: ReadonlyMap<string, FixChoice>;
  readonly settings: RuleSettings;
  readonly customRules: readonly CustomRule[];
  /** False: comments do not suppress anything. */
  readonly hasSuppressions: boolean;
  /** How each of several builds differs; none when all are the same. */
  readonly variants?: readonly ConfigVariant[];
}

export interface ConfigVariant {
  /** Services or targets. */
  readonly owners: readonly {
    readonly kind: 'service' | 'target' | 'devcontainer';
    readonly name: string;
    readonly file?: string;
  }[];
  readonly platforms: readonly string[];
  /** The build context; undefined when it is not known. */
  readonly contextFolder: string | undefined;
  readonly config: EffectiveConfig;
}

export type RuleChoice = Severity | 'off';

/**
 * Which of a rule's fixes are applied without asking. always: also unsafe ones. explicit: none, but a person can choose
 * one at its finding. never: there are none.
 */
export const FIX_CHOICES = ['always', 'explicit', 'never'] as const;
export type FixChoice = (typeof FIX_CHOICES)[number];

/** The severity from which a command fails. */
export const FAIL_ON = ['error', 'warning', 'info', 'hint', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/**
 * The content of a configuration file. Rules are listed by id, with aliases resolved; codes such as `SC2086` stay
 * unchanged.
 */
export interface Config {
  readonly extends: Preset;
  readonly rules: ReadonlyMap<string, RuleChoice>;
  readonly fixes: ReadonlyMap<string, FixChoice>;
  /** Later ones take precedence. */
  readonly overrides: readonly ConfigOverride[];
  /** Rules that it defines. */
  readonly customRules: readonly CustomRule[];
  readonly settings: RuleSettings;
  readonly hasSuppressions: boolean;
  readonly failOn?: FailOn | undefined;
  readonly verify?: VerifySettings | undefined;
  /** The file of known findings, relative to the configuration's folder. */
  readonly baseline?: string | undefined;
}

export interface ConfigOverride {
  /** Globs for the path from the configuration's folder; undefined means every file. */
  readonly files: readonly string[] | undefined;
  readonly rules: ReadonlyMap<string, RuleChoice>;
  readonly fixes: ReadonlyMap<string, FixChoice>;
}

export interface ConfigProblem {
  readonly message: string;
  /** One-based, as in editors. */
  readonly line?: number;
}

export const defaultConfig: Config = {
  extends: 'recommended',
  rules: new Map(),
  fixes: new Map(),
  overrides: [],
  customRules: [],
  settings: defaultRuleSettings,
  hasSuppressions: true,
};

/** Builds a configuration from its parts, for callers that decide on severities themselves. */
export function configOf(
  severityOf: EffectiveConfig['severityOf'],
  settings: RuleSettings = defaultRuleSettings,
): EffectiveConfig {
  return { severityOf, choiceOf: () => undefined, fixes: new Map(), settings, customRules: [], hasSuppressions: true };
}

/**
 * The settings for the file at `path`, which is relative to the configuration's folder, with `/` or `\` between
 * folders.
 */
export function resolveConfig(config: Config, rules: readonly AnyRule[], path: string): EffectiveConfig {
  const choices = new Map<string, RuleChoice>();
  const overrides = config.overrides.filter(
    ({ files }) => files === undefined || files.some((glob) => matchesGlob(path, glob)),
  );
  for (const chosen of [config.rules, ...overrides.map((override) => override.rules)]) {
    for (const [id, choice] of chosen) choices.set(id, choice);
  }
  const severities = new Map<string, RuleChoice>();
  for (const meta of builtinRules) severities.set(meta.id, presetSeverity(config.extends, meta, true));
  for (const { meta } of rules) severities.set(meta.id, presetSeverity(config.extends, meta, false));
  for (const { rule } of config.customRules) severities.set(rule.meta.id, rule.meta.severity);
  for (const [id, choice] of choices) severities.set(id, choice);
  for (const { rule, files } of config.customRules)
    if (files && !files.some((glob) => matchesGlob(path, glob))) severities.set(rule.meta.id, 'off');
  return {
    severityOf: (ruleId) => severities.get(ruleId) ?? 'off',
    choiceOf: (code) => choices.get(code),
    fixes: new Map([config, ...overrides].flatMap(({ fixes }) => [...fixes])),
    settings: config.extends === 'hadolint' ? { ...config.settings, dialect: 'hadolint' } : config.settings,
    customRules: config.customRules,
    hasSuppressions: config.hasSuppressions,
  };
}

/** The same for many files: computes once what does not depend on the file. */
export function createConfigResolver(config: Config, rules: readonly AnyRule[]): (path: string) => EffectiveConfig {
  if ([...config.overrides, ...config.customRules].some(({ files }) => files !== undefined))
    return (path) => resolveConfig(config, rules, path);
  const resolved = resolveConfig(config, rules, '');
  return () => resolved;
}

/**
 * Adds choices that override the whole configuration, as from a command line; unknown rules and values become problems.
 */
export function withRuleChoices(
  config: Config,
  choices: Iterable<readonly [name: string, choice: string]>,
  rules: readonly AnyRule[],
  localize: Localize = english,
): { config: Config; problems: readonly ConfigProblem[] } {
  const { names } = ruleSetOf(rules, config.customRules);
  const chosen = new Map<string, RuleChoice>();
  const problems: ConfigProblem[] = [];
  for (const [name, choice] of choices) {
    const ids = names.idsOf(name);
    if (ids.length === 0) problems.push({ message: say(localize, unknownRule(name, names.nearestTo(name))) });
    else if (!isRuleChoice(choice)) problems.push({ message: say(localize, expected(name)) });
    else for (const id of ids) chosen.set(id, choice);
  }
  const overrides = [...config.overrides, { files: undefined, rules: chosen, fixes: new Map() }];
  return { config: { ...config, overrides }, problems };
}

const CHOICES: readonly string[] = ['off', 'hint', 'info', 'warning', 'error'];

export function isRuleChoice(value: unknown): value is RuleChoice {
  return typeof value === 'string' && CHOICES.includes(value);
}

/** For callers that do not pass a language. */
const english = createLocalize(undefined);

export function unknownRule(name: string, nearest: string | undefined): Phrase {
  return nearest === undefined
    ? phrase('Unknown rule "{name}"', { name })
    : phrase('Unknown rule "{name}"; did you mean "{nearest}"?', { name, nearest });
}

export function expected(what: string, choices: readonly string[] = CHOICES): Phrase {
  return phrase('{what}: expected {choices}', { what, choices: choices.map((choice) => `"${choice}"`).join(', ') });
}
