import { MAX_LENGTH } from '../dockerfile/limits';
import type { Instruction } from '../dockerfile/model';
import { parseDockerfile } from '../dockerfile/parse';
import type { BuildContext } from '../engine/buildContext';
import { NODE_LOCKS } from '../project/fileNames';
import type { ProjectFiles } from '../project/projectFiles';
import { normalPath, sourcesMatching } from './copiedFiles';
import { MANIFESTS } from './lackedFile';

/** How many folders are searched, from that of the Dockerfile upward. */
const MAX_FOLDERS = 8;

/**
 * The build context of a Dockerfile for which no file of the project names one: the nearest folder, up to the root of
 * the project, with all that COPY and ADD take, and the lock file without which an install stops; undefined when there
 * is none.
 */
export function guessedContext(
  path: string,
  text: string,
  host: Pick<ProjectFiles, 'parentOf' | 'buildContext' | 'readText'>,
  isRoot: (folder: string) => boolean,
): string | undefined {
  const own = host.parentOf(path);
  if (own === undefined || isRoot(own) || text.length > MAX_LENGTH) return own;
  const above = foldersAbove(own, host, isRoot);
  if (above.length === 0) return own;
  const needs = [...parseDockerfile(text).instructions.flatMap(sourcesOf), ...locksIn(text)];
  const missing = missingIn(own, needs, host);
  // Where the listing was cut off, the rest may be there.
  if (missing.length === 0 || host.buildContext(path)?.unlisted.includes('')) return own;
  const missingAbove = above.map((folder) => missingIn(folder, needs, host));
  // What is nowhere says nothing: the build makes it first, or it is a mistake.
  const nowhere = missing.filter((need) => missingAbove.every((others) => others.includes(need)));
  if (nowhere.length === needs.length) {
    const isProject = MANIFESTS.some((name) => host.readText(`${own}/${name}`) !== undefined);
    return isProject || nowhere.every(([path = '']) => MADE.test(path)) ? own : undefined;
  }
  const index = [missing, ...missingAbove].findIndex(({ length }) => length === nowhere.length);
  return [own, ...above][index];
}

/** Up to the root of the project; none when it is not known. */
function foldersAbove(
  own: string,
  { parentOf, readText }: Pick<ProjectFiles, 'parentOf' | 'readText'>,
  isRoot: (folder: string) => boolean,
): string[] {
  const folders: string[] = [];
  for (let folder = own; folders.length < MAX_FOLDERS; ) {
    if (isRoot(folder) || readText(`${folder}/.git/HEAD`) !== undefined) return folders;
    const parent = parentOf(folder);
    if (parent === undefined) return [];
    folders.push(parent);
    folder = parent;
  }
  return [];
}

/** Results of builds, and lock files, which many projects do not have. */
const MADE =
  /^(?:target|dist|build|out|bin|obj|publish|node_modules|vendor|\.next|\.output)(?:\/|$)|\.(?:jar|war|lock)$|-lock\./;

/** A path in the context, or any of several. */
type Need = readonly string[];

const LOCKS: readonly (readonly [install: RegExp, locks: Need])[] = [
  [/\bnpm (?:ci|clean-install)\b/, NODE_LOCKS.npm],
  [/\bpnpm (?:i|install) [^\n]{0,80}--frozen-lockfile\b/, NODE_LOCKS.pnpm],
  [/\byarn [^\n]{0,80}--(?:frozen-lockfile|immutable)\b/, NODE_LOCKS.yarn],
  [/\buv sync [^\n]{0,80}--(?:frozen|locked)\b/, ['uv.lock']],
];

function locksIn(text: string): Need[] {
  return LOCKS.flatMap(([install, locks]) => (install.test(text) ? [locks] : []));
}

/** What a COPY or ADD takes from the context, as far as it says something of its place. */
function sourcesOf(node: Instruction): Need[] {
  if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || node.flags.some(({ name }) => name === 'from')) return [];
  return node.args.slice(0, -1).flatMap((word) => {
    const source = node.expand(word.text);
    if (source === undefined || /^<<|:\/\/|^git@/.test(source)) return [];
    const path = normalPath(source);
    return path === '' ? [] : [[path]];
  });
}

function missingIn(folder: string, needs: readonly Need[], { buildContext }: Pick<ProjectFiles, 'buildContext'>) {
  const context = needs.length === 0 ? undefined : buildContext(`${folder}/Dockerfile`);
  return needs.filter((need) => !context || !need.some((path) => isIn(path, context)));
}

function isIn(source: string, context: BuildContext): boolean {
  return (
    sourcesMatching(source, context).length > 0 ||
    context.unlisted.some((path) => path !== '' && `${source}/`.startsWith(`${path}/`))
  );
}
