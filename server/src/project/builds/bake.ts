import type { Span } from '../../text/span';
import { BAKE_NAMES } from '../fileNames';
import { type BuildPart, type Known, layOver, type NamedBuild, NO_PART, present, toNamedBuild } from './buildPart';
import { type HclNames, type HclValue, readHcl } from './hcl';

type Attributes = ReadonlyMap<string, HclValue>;

export interface BakeFile {
  readonly targets: ReadonlyMap<string, Attributes>;
  /** Of a target that a matrix makes: its name in the file. */
  readonly labels: ReadonlyMap<string, string>;
  /** Targets that are in a group. */
  readonly grouped: readonly string[];
  /** In HCL: the expression of each target's `dockerfile-inline`. */
  readonly inline: ReadonlyMap<string, Span>;
}

/** The builds in the Bake files of a folder: https://docs.docker.com/build/bake/reference/ */
export function bakeBuilds(texts: ReadonlyMap<string, string>): readonly NamedBuild[] {
  const files = BAKE_NAMES.flatMap((name) => {
    const text = texts.get(name);
    return text === undefined ? [] : [readBakeFile(name, text)];
  });
  return [...builtParts(files)].flatMap(([name, part]) => toNamedBuild(part, { kind: 'target', name }) ?? []);
}

/** What each target that is built defines, with what it inherits. */
export function builtParts(files: readonly (BakeFile | undefined)[]): ReadonlyMap<string, BuildPart> {
  // A file that cannot be read may change any target.
  if (files.includes(undefined)) return new Map();
  const targets = new Map<string, Attributes>();
  for (const file of files) {
    for (const [name, attributes] of file?.targets ?? [])
      targets.set(name, new Map([...(targets.get(name) ?? []), ...attributes]));
  }
  const grouped = new Set(files.flatMap((file) => file?.grouped ?? []));
  const inherited = new Set([...targets.values()].flatMap((attributes) => inheritsOf(attributes) ?? []));
  // A target that others inherit from is not a build of its own.
  const isBuilt = (name: string) => grouped.has(name) || !(inherited.has(name) || name.startsWith('_'));
  const resolve = createResolver(targets, new Map(files.flatMap((file) => [...(file?.labels ?? [])])));
  const parts = [...targets.keys()].filter(isBuilt).map((name) => [name, resolve(name)] as const);
  return new Map(parts.flatMap(([name, part]) => (part ? [[name, part] as const] : [])));
}

const MAX_BASES = 32;

type Resolve = (name: string) => BuildPart | undefined;

/**
 * Merges a target with those that it inherits from; undefined when one of them is unknown. Each target is merged once.
 */
function createResolver(targets: ReadonlyMap<string, Attributes>, labels: BakeFile['labels']): Resolve {
  const resolved = new Map<string, BuildPart | undefined>();
  let depth = 0;
  const putTogether: Resolve = (name) => {
    const attributes = targets.get(name);
    const bases = attributes && inheritsOf(attributes);
    if (!bases || depth > MAX_BASES) return undefined;
    let part = NO_PART;
    for (const base of bases) {
      const over = resolve(base);
      if (!over) return undefined;
      part = layOver(part, over);
    }
    return layOver(part, partOf(labels.get(name) ?? name, attributes));
  };
  const resolve: Resolve = (name) => {
    if (resolved.has(name)) return resolved.get(name);
    // Also stays undefined for a target that inherits from itself.
    resolved.set(name, undefined);
    depth++;
    const part = putTogether(name);
    depth--;
    resolved.set(name, part);
    return part;
  };
  return resolve;
}

/** Undefined when the list is computed. */
function inheritsOf(attributes: Attributes): readonly string[] | undefined {
  return attributes.has('inherits') ? (textsOf(attributes.get('inherits')) ?? undefined) : [];
}

/** Null when one of them is computed. */
function textsOf(value: HclValue | undefined): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
}

function partOf(name: string, attributes: Attributes): BuildPart {
  const text = (key: string): Known | undefined => (attributes.has(key) ? known(attributes.get(key)) : undefined);
  const entries = (key: string): readonly (readonly [string, HclValue])[] => {
    const value = attributes.get(key);
    return value instanceof Map ? [...value] : [];
  };
  return {
    ...present('context', text('context')),
    ...present('dockerfile', text('dockerfile')),
    ...present('target', text('target')),
    ...(attributes.has('platforms') ? { platforms: textsOf(attributes.get('platforms')) } : {}),
    ...(attributes.has('dockerfile-inline') ? { inlineIn: name } : {}),
    args: new Map(entries('args').map(([name, value]) => [name, known(value)])),
    contexts: new Set(entries('contexts').map(([name]) => name)),
  };
}

function known(value: HclValue | undefined): Known {
  return typeof value === 'string' ? value : null;
}

/** Undefined when it is malformed. */
export function readBakeFile(name: string, text: string): BakeFile | undefined {
  return name.endsWith('.json') ? readJson(text) : readHclFile(text);
}

function readHclFile(text: string): BakeFile | undefined {
  const blocks = readHcl(text);
  if (!blocks) return undefined;
  const named = (type: string) =>
    blocks.flatMap((block) =>
      block.type === type && block.labels[0] !== undefined ? [[block.labels[0], block.attributes] as const] : [],
    );
  const targets = named('target').flatMap(([label, attributes]) => matrixTargets(text, label, attributes));
  return {
    targets: new Map(targets.map(({ name, attributes }) => [name, attributes])),
    labels: new Map(targets.map(({ name, label }) => [name, label])),
    grouped: named('group').flatMap(([, attributes]) => membersOf(attributes)),
    inline: new Map(
      blocks.flatMap(({ type, labels: [label], places }) => {
        const place = type === 'target' ? places.get('dockerfile-inline') : undefined;
        return label !== undefined && place ? [[label, place] as const] : [];
      }),
    ),
  };
}

function readJson(text: string): BakeFile | undefined {
  let file: HclValue;
  try {
    file = fromJson(JSON.parse(text));
  } catch {
    return undefined;
  }
  const named = (type: string) => {
    const blocks = file instanceof Map ? file.get(type) : undefined;
    return [...(blocks instanceof Map ? blocks : [])].flatMap(([name, attributes]) =>
      attributes instanceof Map ? [[name, attributes as Attributes] as const] : [],
    );
  };
  return {
    targets: new Map(named('target')),
    grouped: named('group').flatMap(([, attributes]) => membersOf(attributes)),
    labels: new Map(),
    inline: new Map(),
  };
}

/** More are not told apart. */
const MAX_COMBINATIONS = 16;

interface MatrixTarget {
  readonly name: string;
  readonly label: string;
  readonly attributes: Attributes;
}

/** The targets of a matrix of texts; the target itself where there is none: https://docs.docker.com/build/bake/matrices/ */
function matrixTargets(text: string, label: string, attributes: Attributes): readonly MatrixTarget[] {
  const itself = [{ name: label, label, attributes }];
  const matrix = attributes.get('matrix');
  if (!(matrix instanceof Map)) return itself;
  let combinations: HclNames[] = [new Map()];
  for (const [name, values] of matrix) {
    if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return itself;
    combinations = combinations.flatMap((one) => values.map((value) => new Map([...one, [name, value]])));
    if (combinations.length > MAX_COMBINATIONS) return itself;
  }
  const targets = combinations.flatMap((values): readonly MatrixTarget[] => {
    const block = readHcl(text, values)?.find(({ type, labels }) => type === 'target' && labels[0] === label);
    const name = block?.attributes.get('name');
    return block && typeof name === 'string' ? [{ name, label, attributes: block.attributes }] : [];
  });
  return targets.length === combinations.length ? targets : itself;
}

function membersOf(attributes: Attributes): readonly string[] {
  const members = attributes.get('targets');
  return Array.isArray(members) ? members.filter((name) => typeof name === 'string') : [];
}

/** Strings in JSON are templates, too. */
function fromJson(value: unknown): HclValue {
  if (typeof value === 'string') return /[$%]\{/.test(value) ? null : value;
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return null;
  return new Map(Object.entries(value).map(([key, one]) => [key, fromJson(one)]));
}
