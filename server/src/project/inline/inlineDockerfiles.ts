import { isMap, isScalar, type Node, parseDocument, type Scalar } from 'yaml';
import type { Replaced } from '../../text/mappedText';
import { builtParts, readBakeFile } from '../builds/bake';
import type { BuildPart, Owner } from '../builds/buildPart';
import { readServices } from '../builds/compose';
import { MAX_LENGTH } from '../builds/readBuilds';
import { mapComposeText } from './composeText';
import { markdownDockerfiles } from './fences';
import { mapHclText, replaceTemplates } from './hclText';
import type { InlineDockerfile } from './inlineDockerfile';
import { mapScalar } from './yamlScalar';

/** A kind of file that can hold Dockerfiles. */
export type HostKind = 'compose' | 'bake' | 'markdown';

const KINDS: readonly (readonly [pattern: RegExp, kind: HostKind])[] = [
  [/\.ya?ml$/i, 'compose'],
  [/\.(?:hcl|json)$/i, 'bake'],
  [/\.(?:md|markdown|mdx)$/i, 'markdown'],
];

/** By the end of its name. */
export function hostKind(path: string): HostKind | undefined {
  return KINDS.find(([pattern]) => pattern.test(path))?.[1];
}

/** The Dockerfiles in a file, in order. Never throws: there are none in a file that cannot be read. */
export function inlineDockerfiles(kind: HostKind, path: string, text: string): readonly InlineDockerfile[] {
  if (text.length > MAX_LENGTH) return [];
  if (kind === 'markdown') return markdownDockerfiles(text);
  if (!/dockerfile[-_]inline/.test(text)) return [];
  const found = kind === 'compose' ? composeDockerfiles(text) : bakeDockerfiles(path, text);
  return found.sort((a, b) => a.text.whole.start - b.text.whole.start);
}

function composeDockerfiles(text: string): InlineDockerfile[] {
  // Services can share one text, with an anchor.
  const owners = new Map<Scalar, [string, BuildPart][]>();
  for (const [name, { part, inline }] of readServices(text))
    if (inline) owners.set(inline, [...(owners.get(inline) ?? []), [name, part]]);
  return [...owners].flatMap(([node, parts]) => inlineOf(mapComposeText(text, node), 'service', parts));
}

function bakeDockerfiles(path: string, text: string): InlineDockerfile[] {
  const file = readBakeFile(path, text);
  const built = [...builtParts([file])];
  const texts = path.endsWith('.json')
    ? jsonTexts(text)
    : [...(file?.inline ?? [])].map(([name, span]) => [name, mapHclText(text, span)] as const);
  return texts.flatMap(([name, replaced]) =>
    inlineOf(
      replaced,
      'target',
      built.filter(([, { inlineIn }]) => inlineIn === name),
    ),
  );
}

/** JSON is YAML, if blanks stand for its tabs. */
function jsonTexts(text: string): readonly (readonly [string, Replaced | undefined])[] {
  const source = text.replaceAll('\t', ' ');
  const document = parseDocument<Node>(source, { prettyErrors: false, logLevel: 'silent' });
  const targets = document.errors.length === 0 ? document.get('target') : undefined;
  if (!isMap<Node, Node>(targets)) return [];
  return targets.items.flatMap(({ key, value }) => {
    const node = isMap(value) ? value.get('dockerfile-inline', true) : undefined;
    const mapped = isScalar(node) ? mapScalar(source, node) : undefined;
    return isScalar(key) && mapped ? [[String(key.value), replaceTemplates(mapped)] as const] : [];
  });
}

function inlineOf(
  replaced: Replaced | undefined,
  kind: Owner['kind'],
  parts: readonly (readonly [string, BuildPart])[],
): InlineDockerfile[] {
  const builds = parts.map(([name, part]) => ({ owner: { kind, name }, part }));
  return !replaced || builds.length === 0 ? [] : [{ ...replaced, builds, isFragment: false }];
}
