import type { Node } from 'yaml';
import { nearestName } from '../engine/nearestName';
import type { RuleSettings } from '../engine/ruleSettings';
import { phrase } from '../l10n/phrase';
import { mapExpected, unknownKey, type YamlReader } from './yamlReader';

const KEYS = ['without', 'writes', 'needs'] as const;

/** Reads `optimize`: steps to leave out, and what no file shows of the running program. */
export function readOptimizeSettings(reader: YamlReader, node: Node): Pick<RuleSettings, 'withoutSteps' | 'services'> {
  const lists = { without: [], writes: [], needs: [] } as Record<(typeof KEYS)[number], readonly string[]>;
  for (const { key, keyNode, value } of reader.entries(node, mapExpected('optimize'))) {
    const known = KEYS.find((one) => one === key);
    if (known) lists[known] = reader.strings(value ?? keyNode, `optimize.${key}`);
    else reader.problem(keyNode, unknownKey(`optimize.${key}`, nearestName(key, KEYS)));
  }
  const relative = lists.writes.find((path) => !path.startsWith('/'));
  if (relative !== undefined) reader.problem(node, phrase('optimize.writes: expected absolute paths'));
  const { without, writes, needs } = lists;
  const mounts = writes.filter((path) => path.startsWith('/')).map((target) => ({ target, kind: 'volume' as const }));
  const isEmpty = mounts.length === 0 && needs.length === 0;
  return {
    withoutSteps: new Set(without),
    services: isEmpty ? [] : [{ mounts, starts: [], isPrivileged: false, programs: needs }],
  };
}
