import type { Node } from 'yaml';
import { nearestName } from '../engine/nearestName';
import type { Budget } from '../engine/ruleSettings';
import { phrase } from '../l10n/phrase';
import { mapExpected, unknownKey, type YamlReader } from './yamlReader';

const KEYS = ['image', 'layers'] as const;
/** Decimal, as in all reports. */
const UNITS: Readonly<Record<string, number>> = { kb: 1e3, mb: 1e6, gb: 1e9 };

/** Reads `budget`: what the image may have at most. */
export function readBudget(reader: YamlReader, node: Node): Budget {
  let budget: Budget = {};
  for (const { key, keyNode, value } of reader.entries(node, mapExpected('budget'))) {
    const at = value ?? keyNode;
    const text = value && reader.scalar(value);
    if (key === 'image') {
      const image = bytesOf(text ?? '');
      if (image === undefined) reader.problem(at, phrase('budget.image: expected a size such as 200MB'));
      else budget = { ...budget, image };
    } else if (key === 'layers') {
      if (/^\d{1,6}$/.test(text ?? '')) budget = { ...budget, layers: Number(text) };
      else reader.problem(at, phrase('budget.layers: expected a number'));
    } else reader.problem(keyNode, unknownKey(`budget.${key}`, nearestName(key, KEYS)));
  }
  return budget;
}

function bytesOf(text: string): number | undefined {
  const [, figure, unit = ''] = /^(\d{1,9}(?:\.\d{1,9})?) ?([kmg]b)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return figure === undefined || factor === undefined ? undefined : Math.round(Number(figure) * factor);
}
