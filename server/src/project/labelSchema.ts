import type { Node } from 'yaml';
import { expected } from '../engine/config';
import { LABEL_FORMATS, type LabelFormat } from '../engine/ruleSettings';
import { mapExpected, type YamlReader } from './yamlReader';

/** Labels and the formats of their values; formats are case-insensitive, as in hadolint. */
export function readLabelSchema(reader: YamlReader, node: Node, what: string): ReadonlyMap<string, LabelFormat> {
  const schema = new Map<string, LabelFormat>();
  for (const { key, keyNode, value } of reader.entries(node, mapExpected(what))) {
    const wanted = reader.string(value)?.toLowerCase();
    const format = LABEL_FORMATS.find((candidate) => candidate === wanted);
    if (format) schema.set(key, format);
    else reader.problem(value ?? keyNode, expected(what, LABEL_FORMATS));
  }
  return schema;
}
