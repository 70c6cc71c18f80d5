import { isMap, isSeq, type Node } from 'yaml';
import { parseImagePattern } from '../dockerfile/imagePattern';
import { KEYWORDS } from '../dockerfile/parse';
import { expected } from '../engine/config';
import type { CustomMatch, Subject } from '../engine/customMatch';
import { type CustomExample, type CustomFix, type CustomRule, createCustomRule } from '../engine/customRule';
import { nearestName } from '../engine/nearestName';
import type { Severity } from '../engine/rule';
import type { RuleNames } from '../engine/ruleNames';
import type { Localize } from '../l10n/localize';
import { type Phrase, phrase } from '../l10n/phrase';
import { groupsIn, type LinearPattern, type LoadPatterns } from '../text/linearPattern';
import { mapExpected, unknownKey, type YamlEntry, type YamlReader } from './yamlReader';

/** A checked-out repository decides what its configuration holds: these bound its cost. */
const MAX_RULES = 100;
const MAX_TEXT = 1000;
const MAX_PATTERN = 500;

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const satisfies readonly Severity[];

export const CUSTOM_KEYS = ['message', 'severity', 'reason', 'url', 'files', 'match', 'fix', 'examples'] as const;
export const MATCH_KEYS = [
  'instruction',
  'stage',
  'command',
  'options',
  'withoutOptions',
  'image',
  'variable',
  'pattern',
  'unless',
] as const;
const FIX_KEYS = ['replacement', 'title', 'safety'] as const;
const EXAMPLE_KEYS = ['code', 'fixed'] as const;

export interface CustomSetup {
  readonly reader: YamlReader;
  /** The rules that exist: their names are taken. */
  readonly names: RuleNames;
  readonly loadPatterns: LoadPatterns | undefined;
  readonly localize: Localize;
}

/** The rules of `customRules`, by id; one with a mistake is left out. */
export function readCustomRules(setup: CustomSetup, node: Node): readonly CustomRule[] {
  const { reader } = setup;
  const entries = reader.entries(node, mapExpected('customRules'));
  const extra = entries[MAX_RULES];
  if (extra) reader.problem(extra.keyNode, phrase('customRules: more than {limit} rules', { limit: MAX_RULES }));
  return entries.slice(0, MAX_RULES).flatMap((entry) => readRule(setup, entry) ?? []);
}

function readRule(setup: CustomSetup, { key: id, keyNode, value }: YamlEntry): CustomRule | undefined {
  const { reader, localize } = setup;
  const isNamed = isFreeId(setup, id, keyNode);
  const fields = fieldsOf(reader, value ?? keyNode, CUSTOM_KEYS, id);
  if (!fields) return undefined;
  const problem = (at: Node, message: Phrase): undefined => {
    reader.problem(at, message);
    return undefined;
  };
  const message = textOf(reader, fields, 'message') ?? missing(reader, fields, 'message', keyNode);
  const severity = fields.get('severity') ? reader.choice(at(fields, 'severity'), 'severity', SEVERITIES) : 'warning';
  const url = textOf(reader, fields, 'url');
  if (url !== undefined && !/^https?:\/\//.test(url))
    return problem(at(fields, 'url'), phrase('url: expected an address with http:// or https://'));
  const matches = fields.get('match')
    ? readMatches(setup, at(fields, 'match'))
    : missing(reader, fields, 'match', keyNode);
  const fix = fields.get('fix') ? readFix(setup, at(fields, 'fix'), matches ?? []) : undefined;
  const examples = fields.get('examples') ? readExamples(setup, at(fields, 'examples')) : [];
  const files = fields.get('files') ? reader.strings(at(fields, 'files'), 'files') : undefined;
  const reason = textOf(reader, fields, 'reason');
  if (!isNamed || message === undefined || severity === undefined || matches === undefined) return undefined;
  if (fields.get('fix') && !fix) return undefined;
  const title = fix?.title ?? localize('Replace with `{text}`', { text: fix?.replacement ?? '' });
  const rule = createCustomRule(
    { id, message, severity, reason, url, matches, fix: fix && { ...fix, title } },
    examples,
  );
  return { rule, files, examples };
}

function isFreeId({ reader, names }: CustomSetup, id: string, at: Node): boolean {
  if (!ID.test(id) || id.length > 80) {
    reader.problem(
      at,
      phrase('customRules: "{id}" is not an ID; write lower-case words with "-" between them', { id }),
    );
    return false;
  }
  if (names.idsOf(id).length > 0) {
    reader.problem(at, phrase('customRules: "{id}" is the name of a built-in rule', { id }));
    return false;
  }
  return true;
}

type Fields = ReadonlyMap<string, { readonly node: Node }>;

/** The values of a map; unknown keys become problems. Undefined when it is no map. */
function fieldsOf(reader: YamlReader, node: Node, keys: readonly string[], what: string): Fields | undefined {
  if (!isMap(reader.resolve(node))) {
    reader.problem(node, mapExpected(what));
    return undefined;
  }
  const fields = new Map<string, { readonly node: Node }>();
  for (const { key, keyNode, value } of reader.entries(node)) {
    if (keys.includes(key)) fields.set(key, { node: value ?? keyNode });
    else reader.problem(keyNode, unknownKey(key, nearestName(key, keys)));
  }
  return fields;
}

function at(fields: Fields, key: string): Node {
  const field = fields.get(key);
  if (!field) throw new Error(`no ${key}`);
  return field.node;
}

function missing(reader: YamlReader, fields: Fields, key: string, node: Node): undefined {
  if (!fields.has(key)) reader.problem(node, phrase('"{key}" is missing', { key }));
  return undefined;
}

function textOf(reader: YamlReader, fields: Fields, key: string): string | undefined {
  const field = fields.get(key);
  if (!field) return undefined;
  const text = reader.string(field.node);
  if (text !== undefined && text.trim() !== '' && text.length <= MAX_TEXT) return text.trim();
  reader.problem(field.node, phrase('{key}: expected a text of at most {limit} characters', { key, limit: MAX_TEXT }));
  return undefined;
}

/** One match or a list; undefined after a mistake in one of them. */
function readMatches(setup: CustomSetup, node: Node): readonly CustomMatch[] | undefined {
  const list = setup.reader.resolve(node);
  const matches = (isSeq<Node>(list) ? list.items : [node]).map((item) => readMatch(setup, item));
  return matches.every((match) => match !== undefined) ? matches : undefined;
}

function readMatch(setup: CustomSetup, node: Node): CustomMatch | undefined {
  const { reader } = setup;
  const fields = fieldsOf(reader, node, MATCH_KEYS, 'match');
  if (!fields) return undefined;
  if (fields.size === 0) {
    reader.problem(node, phrase('match: expected at least one of {keys}', { keys: MATCH_KEYS.join(', ') }));
    return undefined;
  }
  let isSound = true;
  const get = <T>(key: string, read: (at: Node) => T | undefined): T | undefined => {
    const field = fields.get(key);
    const value = field && read(field.node);
    if (field && value === undefined) isSound = false;
    return value;
  };
  const match: CustomMatch = {
    instructions: get('instruction', (one) => readKeywords(reader, one)),
    stage: get('stage', (one) => reader.choice(one, 'stage', ['final', 'build'])),
    subject: readSubject(reader, fields, node, get),
    pattern: get('pattern', (one) => readPattern(setup, one, 'pattern')),
    unless: get('unless', (one) => readPattern(setup, one, 'unless')),
  };
  return isSound ? match : undefined;
}

function readKeywords(reader: YamlReader, node: Node): readonly string[] | undefined {
  const keywords = reader.stringItems(node, 'instruction').map(({ value, at: item }) => {
    const keyword = value.toUpperCase();
    if (KEYWORDS.has(keyword)) return keyword;
    reader.problem(item, expected('instruction', [...KEYWORDS]));
    return undefined;
  });
  return keywords.length > 0 && keywords.every((keyword) => keyword !== undefined) ? keywords : undefined;
}

function readSubject(
  reader: YamlReader,
  fields: Fields,
  node: Node,
  get: <T>(key: string, read: (at: Node) => T | undefined) => T | undefined,
): Subject | undefined {
  const kinds = ['command', 'image', 'variable'].filter((key) => fields.has(key));
  if (kinds.length > 1) {
    reader.problem(node, phrase('match: expected only one of {keys}', { keys: kinds.join(', ') }));
    get(kinds[0] ?? '', () => undefined);
    return undefined;
  }
  const words = (key: string) => get(key, (one) => nonEmpty(reader.strings(one, key)));
  const options = words('options') ?? [];
  const withoutOptions = words('withoutOptions') ?? [];
  const [calls, names] = [words('command'), words('variable')];
  if (calls) return { kind: 'command', calls: calls.map((call) => call.trim().split(/\s+/)), options, withoutOptions };
  if (options.length + withoutOptions.length > 0) {
    reader.problem(node, phrase('match: options need a command'));
    get(options.length > 0 ? 'options' : 'withoutOptions', () => undefined);
  }
  if (names) return { kind: 'variable', names };
  const images = get('image', (one) => readImages(reader, one));
  return images && { kind: 'image', images };
}

function readImages(reader: YamlReader, node: Node) {
  const images = reader.stringItems(node, 'image').map(({ value, at: item }) => {
    const pattern = parseImagePattern(value);
    if (!pattern) reader.problem(item, phrase('{key}: no image matches "{image}"', { key: 'image', image: value }));
    return pattern;
  });
  return images.length > 0 && images.every((pattern) => pattern !== undefined) ? images : undefined;
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function readPattern(
  { reader, loadPatterns, localize }: CustomSetup,
  node: Node,
  key: string,
): LinearPattern | undefined {
  const source = reader.string(node);
  if (source === undefined || source === '' || source.length > MAX_PATTERN) {
    reader.problem(node, phrase('{key}: expected a text of at most {limit} characters', { key, limit: MAX_PATTERN }));
    return undefined;
  }
  const compiled = loadPatterns?.()?.compile(source);
  if (compiled?.ok) return compiled.pattern;
  const reason = compiled?.reason ?? localize('patterns cannot be used here');
  reader.problem(node, phrase('{key}: not a pattern of RE2: {reason}', { key, reason }));
  return undefined;
}

type PartialFix = Omit<CustomFix, 'title'> & { readonly title: string | undefined };

function readFix({ reader }: CustomSetup, node: Node, matches: readonly CustomMatch[]): PartialFix | undefined {
  const fields = fieldsOf(reader, node, FIX_KEYS, 'fix');
  if (!fields) return undefined;
  const replacement = fields.get('replacement') && reader.string(at(fields, 'replacement'));
  if (replacement === undefined || replacement.length > MAX_TEXT) {
    reader.problem(
      node,
      phrase('{key}: expected a text of at most {limit} characters', { key: 'replacement', limit: MAX_TEXT }),
    );
    return undefined;
  }
  const unknown = groupsIn(replacement).find((group) => matches.some(({ pattern }) => !pattern?.hasGroup(group)));
  if (unknown !== undefined) {
    reader.problem(
      at(fields, 'replacement'),
      phrase('replacement: no group "{group}" in the pattern', { group: unknown }),
    );
    return undefined;
  }
  const safety = fields.get('safety') ? reader.choice(at(fields, 'safety'), 'safety', ['safe', 'unsafe']) : 'unsafe';
  return safety && { replacement, safety, title: textOf(reader, fields, 'title') };
}

function readExamples({ reader }: CustomSetup, node: Node): readonly CustomExample[] {
  const fields = fieldsOf(reader, node, ['valid', 'invalid'], 'examples');
  if (!fields) return [];
  return ['valid', 'invalid'].flatMap((key) => {
    const field = fields.get(key);
    if (!field) return [];
    const list = reader.resolve(field.node);
    return (isSeq<Node>(list) ? list.items : [field.node]).flatMap((item) => {
      const example = readExample(reader, item, key === 'valid');
      return example ? [example] : [];
    });
  });
}

function readExample(reader: YamlReader, node: Node, isValid: boolean): CustomExample | undefined {
  const line = reader.lineOf(node);
  const code = reader.string(node);
  if (code !== undefined) return { code, isValid, fixed: undefined, line };
  const fields = fieldsOf(reader, node, isValid ? ['code'] : EXAMPLE_KEYS, 'examples');
  const own = fields?.get('code') && reader.string(at(fields, 'code'));
  if (own === undefined) {
    if (fields) missing(reader, fields, 'code', node);
    return undefined;
  }
  return { code: own, isValid, fixed: fields?.get('fixed') && reader.string(at(fields, 'fixed')), line };
}
