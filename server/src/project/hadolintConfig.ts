import type { Node } from 'yaml';
import { type Config, defaultConfig, type FailOn, type RuleChoice } from '../engine/config';
import { nearestName } from '../engine/nearestName';
import type { Severity } from '../engine/rule';
import type { RuleSettings } from '../engine/ruleSettings';
import { type Phrase, phrase } from '../l10n/phrase';
import { readLabelSchema } from './labelSchema';
import { mapExpected, unknownKey, type YamlReader } from './yamlReader';

/** hadolint's severities mapped to ours. */
const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['style', 'hint'],
]);

const THRESHOLDS: ReadonlyMap<string, FailOn> = new Map([...SEVERITIES, ['ignore', 'never'], ['none', 'never']]);

/** hadolint's output settings, which have no effect here. */
const OUTPUT_KEYS = ['format', 'no-color', 'verbose'];
const KEYS = [
  'ignored',
  'override',
  'trustedRegistries',
  'label-schema',
  'strict-labels',
  'failure-threshold',
  'no-fail',
  'disable-ignore-pragma',
  ...OUTPUT_KEYS,
];

/**
 * hadolint's configuration, from its README (2.15): our recommended rules, changed by what it sets for the rules that
 * it names.
 */
export function readHadolintConfig(reader: YamlReader, root: Node): Config {
  let config = defaultConfig;
  const rules = new Map<string, RuleChoice>();
  const setting = (part: Partial<RuleSettings>): void => {
    config = { ...config, settings: { ...config.settings, ...part } };
  };
  const choose = (node: Node, key: string, choice: RuleChoice): void => {
    for (const name of reader.strings(node, key)) {
      for (const id of reader.ruleIds(node, name)) rules.set(id, choice);
    }
  };
  const entries = reader.entries(root);
  for (const { key, keyNode, value } of entries) {
    const at = value ?? keyNode;
    switch (key) {
      case 'override':
        for (const { key: name, keyNode: nameNode, value: names } of reader.entries(at, mapExpected(key))) {
          const severity = SEVERITIES.get(name);
          if (severity === undefined) reader.problem(nameNode, unknownSeverity(name));
          else if (names) choose(names, `override.${name}`, severity);
        }
        break;
      case 'trustedRegistries':
        setting({ trustedRegistries: reader.strings(at, key) });
        break;
      case 'label-schema':
        setting({ labelSchema: readLabelSchema(reader, at, key) });
        break;
      case 'strict-labels':
        setting({ strictLabels: reader.boolean(at, key) ?? false });
        break;
      case 'failure-threshold': {
        const name = reader.choice(at, key, [...THRESHOLDS.keys()]);
        if (name !== undefined) config = { ...config, failOn: THRESHOLDS.get(name) };
        break;
      }
      case 'no-fail':
        if (reader.boolean(at, key)) config = { ...config, failOn: 'never' };
        break;
      case 'disable-ignore-pragma':
        config = { ...config, hasSuppressions: !reader.boolean(at, key) };
        break;
      default:
        if (!KEYS.includes(key)) reader.problem(keyNode, unknownKey(key, nearestName(key, KEYS)));
    }
  }
  // An ignored rule stays ignored, whatever its severity.
  for (const { key, keyNode, value } of entries) if (key === 'ignored' && value) choose(value ?? keyNode, key, 'off');
  return { ...config, rules };
}

function unknownSeverity(name: string): Phrase {
  const nearest = nearestName(name, SEVERITIES.keys());
  return nearest === undefined
    ? phrase('Unknown severity "{name}"', { name })
    : phrase('Unknown severity "{name}"; did you mean "{nearest}"?', { name, nearest });
}
