import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { type Config, type ConfigProblem, defaultConfig, expected, unknownRule } from '../engine/config';
import type { RuleNames } from '../engine/ruleNames';
import type { Localize } from '../l10n/localize';
import { type Phrase, phrase, say } from '../l10n/phrase';

/** Each limit is far above what a configuration needs; they bound the cost of reading one. */
const MAX_LENGTH = 128 * 1024;
const MAX_ALIASES = 100;
const MAX_DEPTH = 100;

export interface ParsedConfig {
  /** The readable part; the rest is in the problems. */
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

export interface YamlEntry {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node | undefined;
}

/** Reads the nodes of one configuration file; a value of the wrong type becomes a problem on its line. */
export interface YamlReader {
  problem(at: Node | undefined, message: Phrase): void;
  /** One-based. */
  lineOf(node: Node): number;
  /** What an alias (`*name`) refers to. */
  resolve(node: Node | undefined): Node | undefined;
  /** A node that is not a map is reported with `expectation`. */
  entries(node: Node | undefined, expectation?: Phrase): readonly YamlEntry[];
  string(node: Node | undefined): string | undefined;
  /** Also numbers and booleans, as written. */
  scalar(node: Node): string | undefined;
  /** One string or a list. */
  strings(node: Node, key: string): readonly string[];
  /** The same, each with its node. */
  stringItems(node: Node, key: string): readonly { readonly value: string; readonly at: Node }[];
  boolean(node: Node, key: string): boolean | undefined;
  choice<T extends string>(node: Node, key: string, choices: readonly T[]): T | undefined;
  /** The rules with a name; an unknown one becomes a problem. */
  ruleIds(at: Node, name: string): readonly string[];
}

export function readYaml(
  text: string,
  fileName: string,
  /** Of the rules that exist so far: a configuration may define some. */
  names: () => RuleNames,
  read: (reader: YamlReader, root: Node) => Config,
  localize: Localize,
): ParsedConfig {
  if (text.length > MAX_LENGTH)
    return refused(localize('Not read: larger than {limit} KB', { limit: MAX_LENGTH / 1024 }));
  if (isDeep(text)) return refused(localize('Not read: nested too deeply'));
  const lines = new LineCounter();
  // YAML includes JSON except for tabs, which JSON allows only between tokens: in strings they are escaped.
  const source = fileName.toLowerCase().endsWith('.json') ? text.replace(/\t/g, ' ') : text;
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const problems: ConfigProblem[] = document.errors.map((error) => ({
    message: error.message,
    line: lines.linePos(error.pos[0]).line,
  }));
  if (problems.length > 0) return { config: defaultConfig, problems };
  // Resolving an alias searches the whole document.
  let aliases = 0;
  visit(document, { Alias: () => (++aliases > MAX_ALIASES ? visit.BREAK : undefined) });
  if (aliases > MAX_ALIASES) return refused(localize('Not read: more than {limit} aliases', { limit: MAX_ALIASES }));
  const problem = (node: Node | undefined, message: Phrase): void => {
    const offset = node?.range?.[0];
    problems.push({
      message: say(localize, message),
      ...(offset === undefined ? {} : { line: lines.linePos(offset).line }),
    });
  };
  const lineOf = (node: Node): number => lines.linePos(node.range?.[0] ?? 0).line;
  const resolve = (node: Node | undefined): Node | undefined => (isAlias(node) ? node.resolve(document) : node);
  const root = document.contents;
  // An empty file sets nothing.
  if (root === null || (isScalar(root) && root.value === null)) return { config: defaultConfig, problems };
  return { config: read(createReader(names, { problem, lineOf, resolve }), root), problems };
}

/** Checked before the parser recurses that deep: a stack overflow inside a regular expression would end the process. */
export function isDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/^ +|(?:[-?:] )+|[[\]{}]/gm)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > MAX_DEPTH || token.length > 2 * MAX_DEPTH) return true;
  }
  return false;
}

function refused(message: string): ParsedConfig {
  return { config: defaultConfig, problems: [{ message }] };
}

function createReader(
  names: () => RuleNames,
  { problem, lineOf, resolve }: Pick<YamlReader, 'problem' | 'lineOf' | 'resolve'>,
): YamlReader {
  const valueOf = (node: Node | undefined): unknown => {
    const resolved = resolve(node);
    return isScalar(resolved) ? resolved.value : undefined;
  };
  const string = (node: Node | undefined): string | undefined => {
    const value = valueOf(node);
    return typeof value === 'string' ? value : undefined;
  };
  const stringItems: YamlReader['stringItems'] = (node, key) => {
    const resolved = resolve(node);
    const items = isSeq<Node>(resolved) ? resolved.items : [resolved];
    return items.flatMap((item) => {
      const value = string(item);
      if (value === undefined) problem(item ?? node, phrase('{key}: expected a list of strings', { key }));
      return value === undefined ? [] : [{ value, at: item ?? node }];
    });
  };
  return {
    problem,
    lineOf,
    resolve,
    string,
    stringItems,
    entries(node, expectation = phrase('Expected the configuration to be a map of names and values')) {
      const map = resolve(node);
      if (!isMap<Node, Node | null>(map)) {
        problem(node, expectation);
        return [];
      }
      return map.items.flatMap(({ key, value }) => {
        if (isScalar(key)) return [{ key: String(key.value), keyNode: key, value: value ?? undefined }];
        problem(key, phrase('Expected a name'));
        return [];
      });
    },
    scalar(node) {
      const value = valueOf(node);
      return value === undefined || value === null ? undefined : String(value);
    },
    strings: (node, key) => stringItems(node, key).map(({ value }) => value),
    boolean(node, key) {
      const value = valueOf(node);
      if (typeof value === 'boolean') return value;
      problem(node, phrase('{key}: expected true or false', { key }));
      return undefined;
    },
    choice(node, key, choices) {
      const value = string(node);
      const found = choices.find((choice) => choice === value);
      if (found === undefined) problem(node, expected(key, choices));
      return found;
    },
    ruleIds(at, name) {
      const ids = names().idsOf(name);
      if (ids.length === 0) problem(at, unknownRule(name, names().nearestTo(name)));
      return ids;
    },
  };
}

export function unknownKey(key: string, nearest: string | undefined): Phrase {
  return nearest === undefined
    ? phrase('Unknown key "{key}"', { key })
    : phrase('Unknown key "{key}"; did you mean "{nearest}"?', { key, nearest });
}

export function mapExpected(key: string): Phrase {
  return phrase('Expected {key} to be a map of names and values', { key });
}
