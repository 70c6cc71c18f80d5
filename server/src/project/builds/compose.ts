import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml';
import { listOf, recordOf } from '../../text/jsonValue';
import { isComposeFile, MAIN_COMPOSE_FILES } from '../fileNames';
import { type BuildPart, type Known, layOver, type NamedBuild, NO_PART, present, toNamedBuild } from './buildPart';
import { readServiceRun } from './readServiceRun';

/**
 * The builds in the Compose files of a folder (https://docs.docker.com/reference/compose-file/build/). Each other file
 * is merged only with the main one, because only the user knows which ones are used together.
 */
export function composeBuilds(texts: ReadonlyMap<string, string>): readonly NamedBuild[] {
  const mainName = MAIN_COMPOSE_FILES.find((name) => texts.has(name));
  const servicesIn = (file: string) => readServices(texts.get(file) ?? '', texts);
  const main = mainName === undefined ? new Map<string, ComposeService>() : servicesIn(mainName);
  const own = [...main].flatMap(([name, { part }]) => toNamedBuild(part, { kind: 'service', name }) ?? []);
  const changed = [...texts.keys()]
    .filter((file) => isComposeFile(file) && !MAIN_COMPOSE_FILES.includes(file))
    .flatMap((file) =>
      [...servicesIn(file)].flatMap(([name, { part }]) => {
        const merged = mergeParts(main.get(name)?.part ?? NO_PART, part);
        return toNamedBuild(merged, { kind: 'service', name, file }) ?? [];
      }),
    );
  return [...own, ...changed];
}

/** Compose appends lists. */
function mergeParts(base: BuildPart, over: BuildPart): BuildPart {
  const merged = layOver(base, over);
  return base.platforms && over.platforms
    ? { ...merged, platforms: [...new Set([...base.platforms, ...over.platforms])] }
    : merged;
}

export interface ComposeService {
  readonly part: BuildPart;
  /** The scalar of its `dockerfile_inline`. */
  readonly inline: Scalar | undefined;
  readonly isBuilt: boolean;
}

/** It may define anything. */
const UNKNOWN: ComposeService = {
  part: { ...NO_PART, context: null, target: null },
  inline: undefined,
  isBuilt: false,
};

const MAX_BASES = 32;

/**
 * The services of a Compose file that build something, by name, each with what it extends; none when it cannot be read.
 * `texts` are the Compose files of its folder, as far as they are known.
 */
export function readServices(
  text: string,
  texts: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, ComposeService> {
  const document = parse(text);
  const services = (document && recordOf(recordOf(document.content)?.['services'])) ?? {};
  const known = new Map<string, ComposeService>();
  let depth = 0;
  const resolve = (name: string): ComposeService => {
    const found = known.get(name);
    if (found) return found;
    // Also stays so for a service that extends itself.
    known.set(name, UNKNOWN);
    const map = recordOf(services[name]);
    if (!map || depth > MAX_BASES) return UNKNOWN;
    const own = readService(name, map, document);
    depth++;
    const service = map['extends'] === undefined ? own : extend(baseOf(map['extends']), own);
    depth--;
    known.set(name, service);
    return service;
  };
  const elsewhere = new Map<string, ReadonlyMap<string, ComposeService>>();
  const baseOf = (given: unknown): ComposeService => {
    const { service = given, file } = recordOf(given) ?? {};
    if (typeof service !== 'string') return UNKNOWN;
    if (file === undefined) return resolve(service);
    // Paths in a file of another folder start there.
    const name = String(file).replace(/^\.\//, '');
    const read = elsewhere.get(name) ?? readServices(texts.get(name) ?? '');
    elsewhere.set(name, read);
    return read.get(service) ?? UNKNOWN;
  };
  const all = Object.keys(services).map((name) => [name, resolve(name)] as const);
  return new Map(all.filter(([, { isBuilt }]) => isBuilt));
}

function extend(base: ComposeService, own: ComposeService): ComposeService {
  return {
    part: mergeParts(base.part, own.part),
    inline: own.inline ?? base.inline,
    isBuilt: base.isBuilt || own.isBuilt,
  };
}

function readService(
  name: string,
  map: Readonly<Record<string, unknown>>,
  document: Parsed | undefined,
): ComposeService {
  const built = readBuild(name, map['build']);
  const run = readServiceRun(map);
  const platform = built?.platforms === undefined ? map['platform'] : undefined;
  const node =
    built?.inlineIn === undefined ? undefined : document?.nodeAt(['services', name, 'build', 'dockerfile_inline']);
  return {
    part: {
      ...(built ?? NO_PART),
      ...(platform === undefined ? {} : { platforms: textsOf([platform]) }),
      ...(run ? { services: [run] } : {}),
    },
    inline: isScalar(node) ? node : undefined,
    isBuilt: built !== undefined,
  };
}

interface Parsed {
  readonly content: unknown;
  nodeAt(keys: readonly string[]): Node | undefined;
}

function parse(text: string): Parsed | undefined {
  if (text === '') return undefined;
  try {
    const document = parseDocument<Node>(text, { merge: true, prettyErrors: false, logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    const resolve = (node: Node | null | undefined) => (isAlias(node) ? node.resolve(document) : node) ?? undefined;
    const childOf = (node: Node | undefined, key: string): Node | undefined => {
      const map = resolve(node);
      if (isSeq<Node>(map)) return firstOf(map.items, (item) => childOf(item, key));
      if (!isMap<Node, Node | null>(map)) return undefined;
      const named = (name: string) => map.items.find((pair) => isScalar(pair.key) && pair.key.source === name)?.value;
      const merged = named('<<');
      return resolve(named(key)) ?? (merged ? childOf(merged, key) : undefined);
    };
    return {
      content: document.toJS(),
      nodeAt: (keys) => keys.reduce<Node | undefined>(childOf, document.contents ?? undefined),
    };
  } catch {
    // Aliases that expand without limit, or that point nowhere.
    return undefined;
  }
}

function firstOf<From, To>(items: readonly From[], find: (item: From) => To | undefined): To | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readBuild(name: string, build: unknown): BuildPart | undefined {
  if (typeof build === 'string') return { ...NO_PART, context: interpolated(build) };
  const map = recordOf(build);
  const textAt = (key: string) => (map?.[key] === undefined ? undefined : scalarOf(map[key]));
  return (
    map && {
      ...present('context', textAt('context')),
      ...present('dockerfile', textAt('dockerfile')),
      ...present('target', textAt('target')),
      ...(map['platforms'] === undefined ? {} : { platforms: textsOf(listOf(map['platforms'])) }),
      ...(map['dockerfile_inline'] === undefined ? {} : { inlineIn: name }),
      args: readPairs(map['args']),
      contexts: new Set(readPairs(map['additional_contexts']).keys()),
    }
  );
}

/** Null when the environment decides on one of them. */
function textsOf(given: readonly unknown[]): readonly string[] | null {
  const texts = given.flatMap((one) => scalarOf(one) ?? []);
  return texts.length === given.length ? texts : null;
}

/** A map, or a list of `NAME=value`; an entry without a value takes it from the environment. */
function readPairs(given: unknown): ReadonlyMap<string, Known> {
  if (!Array.isArray(given)) {
    return new Map(Object.entries(recordOf(given) ?? {}).map(([name, value]) => [name, scalarOf(value)]));
  }
  const pairs = given.filter((item) => typeof item === 'string').map((item) => /^([^=]*)(?:=(.*))?$/s.exec(item));
  return new Map(pairs.flatMap((pair) => (pair?.[1] ? [[pair[1], scalarOf(pair[2])] as const] : [])));
}

function scalarOf(value: unknown): Known {
  if (typeof value === 'string') return interpolated(value);
  if (typeof value === 'boolean' || (typeof value === 'number' && isPlain(value))) return String(value);
  return null;
}

/** Numbers that every program formats the same way. */
function isPlain(value: number): boolean {
  return Number.isSafeInteger(value) || (Math.abs(value) > 1e-4 && Math.abs(value) < 1e6);
}

/** `$$` is a dollar sign; anything else after a `$` depends on the environment. */
function interpolated(text: string): Known {
  const parts = text.split('$$');
  return parts.some((part) => part.includes('$')) ? null : parts.join('$');
}
