import { isMap, isSeq, type Node } from 'yaml';
import { type ImagePattern, parseImagePattern } from '../dockerfile/imagePattern';
import {
  type Config,
  type ConfigOverride,
  defaultConfig,
  expected,
  FAIL_ON,
  FIX_CHOICES,
  type FixChoice,
  isRuleChoice,
  type RuleChoice,
} from '../engine/config';
import type { CustomRule } from '../engine/customRule';
import { nearestName } from '../engine/nearestName';
import { PRESETS } from '../engine/presets';
import type { AnyRule } from '../engine/rule';
import { ruleSetOf } from '../engine/ruleSet';
import type { RuleSettings } from '../engine/ruleSettings';
import { createLocalize, type Localize } from '../l10n/localize';
import { phrase } from '../l10n/phrase';
import type { LoadPatterns } from '../text/linearPattern';
import { readBudget } from './budget';
import { readCustomRules } from './customRules';
import { readHadolintConfig } from './hadolintConfig';
import { readLabelSchema } from './labelSchema';
import { readOptimizeSettings } from './optimizeSettings';
import { readVerifySettings } from './verifySettings';
import { mapExpected, type ParsedConfig, readYaml, unknownKey, type YamlEntry, type YamlReader } from './yamlReader';

export const CONFIG_KEYS = [
  'extends',
  'rules',
  'overrides',
  'trustedRegistries',
  'approvedImages',
  'customRules',
  'requiredLabels',
  'strictLabels',
  'targetStage',
  'buildArgs',
  'budget',
  'failOn',
  'baseline',
  'ignoreComments',
  'optimize',
  'verify',
] as const;

/**
 * Reads a configuration file, ours or hadolint's depending on its name. Never throws: an error becomes a problem with
 * its line.
 */
export function parseConfig(
  text: string,
  fileName: string,
  rules: readonly AnyRule[],
  localize: Localize = createLocalize(undefined),
  loadPatterns?: LoadPatterns | undefined,
): ParsedConfig {
  if (/hadolint\.ya?ml$/i.test(fileName))
    return readYaml(text, fileName, () => ruleSetOf(rules).names, readHadolintConfig, localize);
  let custom: readonly CustomRule[] = [];
  const names = () => ruleSetOf(rules, custom).names;
  const read = (reader: YamlReader, root: Node): Config => {
    // First, because everything else may name them.
    const entries = reader.entries(root);
    const entry = entries.find(({ key }) => key === 'customRules');
    const setup = { reader, names: names(), loadPatterns, localize };
    if (entry) custom = readCustomRules(setup, entry.value ?? entry.keyNode);
    return readConfig(reader, entries, custom);
  };
  return readYaml(text, fileName, names, read, localize);
}

function readConfig(reader: YamlReader, entries: readonly YamlEntry[], customRules: readonly CustomRule[]): Config {
  let config: Config = { ...defaultConfig, customRules };
  const set = (part: Partial<Config> | undefined): void => {
    config = { ...config, ...part };
  };
  const setting = (part: Partial<RuleSettings> | undefined): void => {
    config = { ...config, settings: { ...config.settings, ...part } };
  };
  for (const { key, keyNode, value } of entries) {
    const at = value ?? keyNode;
    switch (key) {
      case 'extends': {
        const preset = reader.choice(at, key, PRESETS);
        if (preset) set({ extends: preset });
        break;
      }
      case 'rules':
        set(readRules(reader, at));
        break;
      case 'overrides':
        set({ overrides: readOverrides(reader, at) });
        break;
      case 'trustedRegistries':
        setting({ trustedRegistries: reader.strings(at, key) });
        break;
      case 'approvedImages':
        setting({ approvedImages: readApprovedImages(reader, at) });
        break;
      case 'requiredLabels':
        setting({ labelSchema: readLabelSchema(reader, at, key) });
        break;
      case 'strictLabels':
        setting({ strictLabels: reader.boolean(at, key) ?? false });
        break;
      case 'targetStage': {
        const targetStage = reader.scalar(at);
        if (targetStage === undefined) reader.problem(at, phrase('targetStage: expected the name or index of a stage'));
        else setting({ targetStage });
        break;
      }
      case 'buildArgs':
        setting({ buildArgs: readBuildArgs(reader, at) });
        break;
      case 'budget':
        setting({ budget: readBudget(reader, at) });
        break;
      case 'failOn': {
        const failOn = reader.choice(at, key, FAIL_ON);
        if (failOn) set({ failOn });
        break;
      }
      case 'baseline': {
        const baseline = reader.string(at);
        if (baseline === undefined || baseline === '') reader.problem(at, phrase('baseline: expected a file path'));
        else if (/^(?:[/\\~]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(baseline))
          // A checked-out repository controls this path, which is read and, with --update-baseline, written. So it must
          // stay in the folder.
          reader.problem(at, phrase('baseline: expected a path inside the folder of this configuration'));
        else set({ baseline });
        break;
      }
      case 'ignoreComments':
        set({ hasSuppressions: reader.boolean(at, key) ?? true });
        break;
      case 'optimize':
        setting(readOptimizeSettings(reader, at));
        break;
      case 'verify':
        set({ verify: readVerifySettings(reader, at) });
        break;
      case '$schema': // for editors
      case 'customRules': // already read
        break;
      default:
        reader.problem(keyNode, unknownKey(key, nearestName(key, CONFIG_KEYS)));
    }
  }
  return config;
}

function readApprovedImages(reader: YamlReader, node: Node): readonly ImagePattern[] {
  return reader.stringItems(node, 'approvedImages').flatMap(({ value, at }) => {
    const pattern = parseImagePattern(value);
    if (!pattern)
      reader.problem(at, phrase('{key}: no image matches "{image}"', { key: 'approvedImages', image: value }));
    return pattern ? [pattern] : [];
  });
}

function readBuildArgs(reader: YamlReader, node: Node): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { key, keyNode, value } of reader.entries(node, mapExpected('buildArgs'))) {
    const text = value && reader.scalar(value);
    if (text === undefined) reader.problem(value ?? keyNode, phrase('buildArgs: expected a value for {key}', { key }));
    else values.set(key, text);
  }
  return values;
}

type Choices = Pick<Config, 'rules' | 'fixes'>;

function readRules(reader: YamlReader, node: Node): Choices {
  const rules = new Map<string, RuleChoice>();
  const fixes = new Map<string, FixChoice>();
  for (const { key, keyNode, value } of reader.entries(node, mapExpected('rules'))) {
    const ids = reader.ruleIds(keyNode, key);
    if (ids.length === 0) continue;
    const { severity, fix } = readChoices(reader, key, value ?? keyNode);
    for (const id of ids) {
      if (severity !== undefined) rules.set(id, severity);
      if (fix !== undefined) fixes.set(id, fix);
    }
  }
  return { rules, fixes };
}

/** A severity, or a map of a severity and which fixes are applied; each may be left out. */
function readChoices(
  reader: YamlReader,
  name: string,
  node: Node,
): { severity?: RuleChoice | undefined; fix?: FixChoice | undefined } {
  if (!isMap(reader.resolve(node))) return { severity: readChoice(reader, name, node) };
  const choices: ReturnType<typeof readChoices> = {};
  for (const { key, keyNode, value } of reader.entries(node)) {
    if (key === 'severity') choices.severity = readChoice(reader, `${name}.severity`, value ?? keyNode);
    else if (key === 'fix') choices.fix = reader.choice(value ?? keyNode, `${name}.fix`, FIX_CHOICES);
    else reader.problem(keyNode, unknownKey(key, nearestName(key, ['severity', 'fix'])));
  }
  return choices;
}

/** A severity, or a list of a severity and options. */
function readChoice(reader: YamlReader, name: string, node: Node): RuleChoice | undefined {
  const resolved = reader.resolve(node);
  const [severity, options] = isSeq<Node>(resolved) ? resolved.items : [resolved];
  const choice = reader.string(severity);
  if (!isRuleChoice(choice)) {
    reader.problem(severity ?? node, expected(name));
    return undefined;
  }
  if (options) reader.problem(options, phrase('{name}: this rule takes no options', { name }));
  return choice;
}

function readOverrides(reader: YamlReader, node: Node): readonly ConfigOverride[] {
  const list = reader.resolve(node);
  if (!isSeq<Node>(list)) {
    reader.problem(node, phrase('overrides: expected a list'));
    return [];
  }
  return list.items.flatMap((item) => {
    let files: readonly string[] | undefined;
    let choices: Choices = { rules: new Map(), fixes: new Map() };
    for (const { key, keyNode, value } of reader.entries(
      item,
      phrase('Expected an override to be a map of names and values'),
    )) {
      if (key === 'files') files = readFiles(reader, value ?? keyNode);
      else if (key === 'rules') choices = readRules(reader, value ?? keyNode);
      else reader.problem(keyNode, unknownKey(key, nearestName(key, ['files', 'rules'])));
    }
    if (files) return [{ files, ...choices }];
    if (isMap(reader.resolve(item))) reader.problem(item, phrase('overrides: expected "files" with at least one glob'));
    return [];
  });
}

function readFiles(reader: YamlReader, node: Node): readonly string[] | undefined {
  const resolved = reader.resolve(node);
  const globs = (isSeq<Node>(resolved) ? resolved.items : [resolved]).map((item) => reader.string(item));
  return globs.length > 0 && globs.every((glob) => glob !== undefined && glob !== '') ? (globs as string[]) : undefined;
}
