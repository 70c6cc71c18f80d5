import { parseDocument } from 'yaml';
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
  const main = readServices(mainName === undefined ? undefined : texts.get(mainName));
  const others = [...texts]
    .filter(([name]) => isComposeFile(name) && !MAIN_COMPOSE_FILES.includes(name))
    .flatMap(([, text]) => [...readServices(text)])
    .map(([name, part]) => layOver(main.get(name) ?? NO_PART, part));
  return [...main.values(), ...others].flatMap((part) => toNamedBuild(part) ?? []);
}

function readServices(text: string | undefined): ReadonlyMap<string, BuildPart> {
  const parts = new Map<string, BuildPart>();
  const services = recordOf(recordOf(text === undefined ? undefined : parse(text))?.['services']);
  for (const [name, service] of Object.entries(services ?? {})) {
    const map = recordOf(service) ?? {};
    const { build, extends: extended } = map;
    const run = readServiceRun(map);
    const built = readBuild(build);
    const part = built && (run ? { ...built, services: [run] } : built);
    // The service that it extends may have a context of its own.
    if (part) parts.set(name, extended === undefined ? part : { context: null, ...part });
  }
  return parts;
}

function parse(text: string): unknown {
  try {
    const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'silent' });
    return document.errors.length > 0 ? undefined : document.toJS();
  } catch {
    // Aliases that expand without limit, or that point nowhere.
    return undefined;
  }
}

function readBuild(build: unknown): BuildPart | undefined {
  if (typeof build === 'string') return { ...NO_PART, context: interpolated(build) };
  const map = recordOf(build);
  const textAt = (key: string) => (map?.[key] === undefined ? undefined : scalarOf(map[key]));
  return (
    map && {
      ...present('context', textAt('context')),
      ...present('dockerfile', textAt('dockerfile')),
      ...present('target', textAt('target')),
      ...(map['dockerfile_inline'] === undefined ? {} : { isInline: true }),
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
