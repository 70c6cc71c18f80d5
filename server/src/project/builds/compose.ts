import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar } from 'yaml';
import { recordOf } from '../../text/jsonValue';
import { isComposeFile, MAIN_COMPOSE_FILES } from '../fileNames';
import { type BuildPart, type Known, layOver, type NamedBuild, NO_PART, present, toNamedBuild } from './buildPart';
import { readServiceRun } from './readServiceRun';

/**
 * The builds in the Compose files of a folder (https://docs.docker.com/reference/compose-file/build/). Each other file
 * is merged only with the main one, because only the user knows which ones are used together.
 */
export function composeBuilds(texts: ReadonlyMap<string, string>): readonly NamedBuild[] {
  const mainName = MAIN_COMPOSE_FILES.find((name) => texts.has(name));
  const main = partsIn(mainName, texts);
  const others = [...texts.keys()]
    .filter((name) => isComposeFile(name) && !MAIN_COMPOSE_FILES.includes(name))
    .flatMap((name) => [...partsIn(name, texts)])
    .map(([name, part]) => [name, layOver(main.get(name) ?? NO_PART, part)] as const);
  return [...main, ...others].flatMap(([name, part]) => toNamedBuild(part, { kind: 'service', name }) ?? []);
}

function partsIn(name: string | undefined, texts: ReadonlyMap<string, string>): ReadonlyMap<string, BuildPart> {
  const services = readServices(name === undefined ? '' : (texts.get(name) ?? ''));
  return new Map([...services].map(([service, { part }]) => [service, part]));
}

export interface ComposeService {
  readonly part: BuildPart;
  /** The scalar of its `dockerfile_inline`. */
  readonly inline: Scalar | undefined;
}

/** The services of a Compose file that build something, by name; none when it cannot be read. */
export function readServices(text: string): ReadonlyMap<string, ComposeService> {
  const found = new Map<string, ComposeService>();
  const document = parse(text);
  const services = document && recordOf(recordOf(document.content)?.['services']);
  for (const [name, service] of Object.entries(services ?? {})) {
    const map = recordOf(service) ?? {};
    const { build, extends: extended } = map;
    const run = readServiceRun(map);
    const built = readBuild(name, build);
    if (!built) continue;
    const part = run ? { ...built, services: [run] } : built;
    const node =
      part.inlineIn === undefined ? undefined : document?.nodeAt(['services', name, 'build', 'dockerfile_inline']);
    // The service that it extends may have a context of its own.
    found.set(name, {
      part: extended === undefined ? part : { context: null, ...part },
      inline: isScalar(node) ? node : undefined,
    });
  }
  return found;
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
      ...(map['dockerfile_inline'] === undefined ? {} : { inlineIn: name }),
      args: readPairs(map['args']),
      contexts: new Set(readPairs(map['additional_contexts']).keys()),
    }
  );
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
