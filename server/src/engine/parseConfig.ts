import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import {
  CHOICE_EXPECTED,
  type Config,
  type ConfigOverride,
  type ConfigProblem,
  defaultConfig,
  isRuleChoice,
  type RuleChoice,
  unknownMessage,
} from './config';
import { nearestName } from './nearestName';
import type { AnyRule } from './rule';
import { createRuleNames } from './ruleNames';

export interface ParsedConfig {
  /** What could be read; the rest is in the problems. */
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** Reads `.dockerfile-optimizer.yaml` or `.json` text. Never throws: what is wrong in it is a problem with its line. */
export function parseConfig(text: string, fileName: string, rules: readonly AnyRule[]): ParsedConfig {
  const lines = new LineCounter();
  // YAML holds JSON but for tabs, which may stand between JSON tokens alone: in strings they are escaped.
  const source = fileName.toLowerCase().endsWith('.json') ? text.replace(/\t/g, ' ') : text;
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const problems: ConfigProblem[] = document.errors.map((error) => ({
    message: error.message,
    line: lines.linePos(error.pos[0]).line,
  }));
  if (problems.length > 0) return { config: defaultConfig, problems };
  const reader: Reader = {
    names: createRuleNames(rules),
    problem: (node, message) => {
      const offset = node?.range?.[0];
      problems.push({ message, ...(offset === undefined ? {} : { line: lines.linePos(offset).line }) });
    },
    resolve: (node) => (isAlias(node) ? node.resolve(document) : node),
  };
  return { config: readConfig(reader, document.contents ?? undefined), problems };
}

interface Reader {
  readonly names: ReturnType<typeof createRuleNames>;
  problem(at: Node | undefined, message: string): void;
  /** What an alias (`*name`) stands for. */
  resolve(node: Node | undefined): Node | undefined;
}

interface Entry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node | undefined;
}

function readConfig(reader: Reader, root: Node | undefined): Config {
  let config = defaultConfig;
  if (root === undefined || (isScalar(root) && root.value === null)) return config;
  for (const { key, keyNode, value } of entriesOf(reader, root, 'the configuration')) {
    switch (key) {
      case 'extends': {
        const preset = stringOf(reader, value);
        if (preset === 'recommended' || preset === 'all') config = { ...config, extends: preset };
        else reader.problem(value ?? keyNode, 'extends: expected "recommended" or "all"');
        break;
      }
      case 'rules':
        config = { ...config, rules: readRules(reader, value ?? keyNode) };
        break;
      case 'overrides':
        config = { ...config, overrides: readOverrides(reader, value ?? keyNode) };
        break;
      case '$schema':
        break; // for editors
      default:
        reader.problem(keyNode, unknownMessage('key', key, nearestName(key, ['extends', 'rules', 'overrides'])));
    }
  }
  return config;
}

function readRules(reader: Reader, node: Node): ReadonlyMap<string, RuleChoice> {
  const rules = new Map<string, RuleChoice>();
  for (const { key, keyNode, value } of entriesOf(reader, node, 'rules')) {
    const id = reader.names.idOf(key);
    if (id === undefined) {
      reader.problem(keyNode, unknownMessage('rule', key, reader.names.nearestTo(key)));
      continue;
    }
    const choice = readChoice(reader, key, value ?? keyNode);
    if (choice !== undefined) rules.set(id, choice);
  }
  return rules;
}

/** A severity, or a list of a severity and options. */
function readChoice(reader: Reader, name: string, node: Node): RuleChoice | undefined {
  const resolved = reader.resolve(node);
  const [severity, options] = isSeq<Node>(resolved) ? resolved.items : [resolved];
  const choice = stringOf(reader, severity);
  if (!isRuleChoice(choice)) {
    reader.problem(severity ?? node, `${name}: ${CHOICE_EXPECTED}`);
    return undefined;
  }
  if (options) reader.problem(options, `${name}: this rule takes no options`);
  return choice;
}

function readOverrides(reader: Reader, node: Node): readonly ConfigOverride[] {
  const list = reader.resolve(node);
  if (!isSeq<Node>(list)) {
    reader.problem(node, 'overrides: expected a list');
    return [];
  }
  return list.items.flatMap((item) => {
    let files: readonly string[] | undefined;
    let rules: ReadonlyMap<string, RuleChoice> = new Map();
    for (const { key, keyNode, value } of entriesOf(reader, item, 'an override')) {
      if (key === 'files') files = readFiles(reader, value ?? keyNode);
      else if (key === 'rules') rules = readRules(reader, value ?? keyNode);
      else reader.problem(keyNode, unknownMessage('key', key, nearestName(key, ['files', 'rules'])));
    }
    if (files) return [{ files, rules }];
    if (isMap(reader.resolve(item))) reader.problem(item, 'overrides: expected "files" with at least one glob');
    return [];
  });
}

function readFiles(reader: Reader, node: Node): readonly string[] | undefined {
  const resolved = reader.resolve(node);
  const globs = (isSeq<Node>(resolved) ? resolved.items : [resolved]).map((item) => stringOf(reader, item));
  return globs.length > 0 && globs.every((glob) => glob !== undefined && glob !== '') ? (globs as string[]) : undefined;
}

function entriesOf(reader: Reader, node: Node, what: string): readonly Entry[] {
  const map = reader.resolve(node);
  if (!isMap<Node, Node | null>(map)) {
    reader.problem(node, `Expected ${what} to be a map of names and values`);
    return [];
  }
  return map.items.flatMap(({ key, value }) => {
    if (isScalar(key)) return [{ key: String(key.value), keyNode: key, value: value ?? undefined }];
    reader.problem(key, 'Expected a name');
    return [];
  });
}

function stringOf(reader: Reader, node: Node | undefined): string | undefined {
  const resolved = reader.resolve(node);
  return isScalar(resolved) && typeof resolved.value === 'string' ? resolved.value : undefined;
}
