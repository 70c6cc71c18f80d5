import type { Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { matchesGlob } from '../engine/glob';
import { baseWorkdir } from '../knowledge/baseWorkdir';
import { baseName, isWithin } from '../text/paths';

/** The files of the build context that a stage contains, and their paths. */
export interface CopiedFiles {
  /** Path in the image → path in the build context. */
  readonly files: ReadonlyMap<string, string>;
  /** False when a COPY or ADD could not be followed: there may be more files. */
  readonly isComplete: boolean;
}

export function copiedFiles(stage: Stage, context: BuildContext): CopiedFiles {
  const files = new Map<string, string>();
  let isComplete = true;
  for (const node of stage.instructions) {
    if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || node.flags.some(({ name }) => name === 'from')) continue;
    const copied = copiedBy(node, context, files);
    if (!copied) isComplete = false;
    for (const [target, source] of copied ?? []) files.set(target, source);
  }
  return { files, isComplete };
}

/** The files that one COPY takes from the context; undefined where that is uncertain. */
export function copiedBy(
  node: Instruction,
  context: BuildContext,
  present: ReadonlyMap<string, string> = new Map(),
): Map<string, string> | undefined {
  const words = node.args.map((word) => node.expand(word.text));
  const destination = words.at(-1);
  const sources = words.slice(0, -1);
  if (destination === undefined || sources.length === 0) return undefined;
  if (node.flags.some(({ name }) => name === 'parents' || name === 'from')) return undefined;
  const isExcluded = excludedBy(node);
  const target = absolutePath(destination, workdirAt(node));
  const found = new Map<string, string>();
  for (const source of sources) {
    // A heredoc is a file inside the Dockerfile itself.
    if (source !== undefined && /^<<-?/.test(source)) continue;
    if (source === undefined || /^[a-z+]+:\/\//i.test(source) || source.startsWith('git@')) return undefined;
    if (node.keyword === 'ADD' && /\.(?:tar|tgz|tbz2?|txz|gz|bz2|xz|zst)$/.test(source)) return undefined;
    const paths = sourcesMatching(normalPath(source), context);
    // A pattern may match nothing: `COPY package.json yarn.lock* ./`.
    if (paths.length === 0 && !(sources.length > 1 && /[*?[]/.test(source))) return undefined;
    const isFolder = destination.endsWith('/') || /^\.?$/.test(destination) || paths.length > 1 || sources.length > 1;
    for (const path of paths) {
      if (context.files.has(path)) {
        const isInto = isFolder || isKnownFolder(target, node, present);
        found.set(isInto ? join(target, baseName(path)) : target, path);
      } else {
        for (const file of context.files.keys())
          if (path === '' || file.startsWith(`${path}/`))
            if (!isExcluded(path === '' ? file : file.slice(path.length + 1)))
              found.set(join(target, path === '' ? file : file.slice(path.length + 1)), file);
      }
    }
  }
  return found;
}

/** What `--exclude` leaves out, by the path below the copied folder. */
export function excludedBy({ flags }: Instruction): (path: string) => boolean {
  const excluded = flags.flatMap(({ name, value }) => (name === 'exclude' ? [normalPath(value ?? '')] : []));
  return (path) => excluded.some((pattern) => foldersOf(path).some((one) => matchesGlob(one, `/${pattern}`)));
}

/** Sources of a COPY that a later COPY of the stage copies to the same place. */
export function copiedAgain({ instructions }: Stage, node: Instruction, context: BuildContext): ReadonlySet<string> {
  const here = copiedBy(node, context);
  const later = instructions.filter(
    ({ keyword, span }) => (keyword === 'COPY' || keyword === 'ADD') && span.start > node.span.start,
  );
  const copied = later.flatMap((one) => [...(copiedBy(one, context) ?? [])]);
  return new Set(copied.flatMap(([target, source]) => (here?.get(target) === source ? [source] : [])));
}

/** True for a COPY of only those context files that `isMeant` accepts, by their paths in the image. */
export function copiesOnly(node: Instruction, context: BuildContext, isMeant: (path: string) => boolean): boolean {
  const paths = [...(copiedBy(node, context)?.keys() ?? [])];
  return paths.length > 0 && paths.every(isMeant);
}

export function copyTarget(node: Instruction): string {
  return absolutePath(node.expand(node.args.at(-1)?.text ?? '') ?? '/', workdirAt(node));
}

/** `a`, `a/b` and `a/b/c` for `a/b/c`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The first source of a COPY that the context does not have. */
export function missingSource(node: Instruction, context: BuildContext): string | undefined {
  return node.args
    .slice(0, -1)
    .map(({ value, text }) => node.expand(text) ?? value)
    .find((source) => sourcesMatching(normalPath(source), context).length === 0);
}

/** Files and folders of the context that match a source. */
export function sourcesMatching(source: string, context: BuildContext): string[] {
  if (source === '' || context.files.has(source)) return [source];
  if (/[*?[]/.test(source)) {
    const entries = new Set<string>();
    const depth = source.split('/').length;
    for (const file of context.files.keys()) entries.add(file.split('/').slice(0, depth).join('/'));
    return [...entries].filter((entry) => matchesGlob(entry, source.includes('/') ? source : `/${source}`));
  }
  return [...context.files.keys()].some((file) => file.startsWith(`${source}/`)) ? [source] : [];
}

function isKnownFolder(path: string, node: Instruction, present: ReadonlyMap<string, string>): boolean {
  return (
    path === '/' ||
    path === workdirAt(node) ||
    [...present.keys()].some((file) => file.startsWith(`${path}/`)) ||
    isMadeBefore(path, node)
  );
}

/** True when an earlier RUN creates the folder, or one inside it, with `mkdir`. */
function isMadeBefore(path: string, { stage, span }: Instruction): boolean {
  return (stage?.instructions ?? []).some(
    (run) =>
      run.keyword === 'RUN' &&
      run.span.start < span.start &&
      run.script?.commands.some(
        ({ name, words }) =>
          name === 'mkdir' && words.slice(1).some(({ value }) => isWithin(absolutePath(value, workdirAt(run)), path)),
      ),
  );
}

/**
 * The absolute working directory at an instruction; when the file sets none, that of the base image, as far as known.
 */
export function workdirAt(node: Instruction): string {
  return node.stage ? workdirIn(node.stage, node.span.start) : '/';
}

/** The working directory that a container starts in. */
export function workdirAtEnd(instructions: readonly Instruction[]): string {
  const last = instructions.at(-1);
  if (!last) return '/';
  return last.keyword === 'WORKDIR'
    ? absolutePath(last.expand(last.args[0]?.text ?? '') ?? '', workdirAt(last))
    : workdirAt(last);
}

/** A stage starts with the working directory of its base, including when the base is another stage. */
function workdirIn({ base, instructions }: Stage, before: number): string {
  let workdir = base.kind === 'image' ? baseWorkdir(base.image) : '/';
  if (base.kind === 'stage') workdir = workdirIn(base.stage, before);
  for (const node of instructions) {
    if (node.span.start >= before) break;
    if (node.keyword === 'WORKDIR') workdir = absolutePath(node.expand(node.args[0]?.text ?? '') ?? '', workdir);
  }
  return workdir;
}

export function absolutePath(path: string, workdir: string): string {
  return `/${normalPath(path.startsWith('/') ? path : `${workdir}/${path}`)}`;
}

/** Removes leading `./` and `/`, `.` and `..`. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}
