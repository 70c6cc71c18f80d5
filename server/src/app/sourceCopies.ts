import type { Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { matchesGlob } from '../engine/glob';
import { isWithin } from '../text/paths';
import type { Word } from '../text/word';
import { copiedBy, copyTarget, workdirAt, workdirAtEnd } from './copiedFiles';
import { needsNoSources } from './dependencyInstall';

/** Programs in one file; a package manager reads none of them where it installs from its manifests alone. */
const SOURCE =
  /(?:^|\/)(?!setup\.py$|conftest\.py$)[^/]+\.(?:py|[cm]?[jt]sx?|php|rb|html?|css|exs?)$|(?:^|\/)tsconfig[\w.-]*\.json$/;

/** COPYs of folders and source files above an install that reads none of them. */
export function sourcesBefore(run: Instruction, needed: readonly string[], context: BuildContext): Instruction[] {
  const before = run.stage?.instructions.filter(({ span }) => span.start < run.span.start) ?? [];
  const workdir = workdirAt(run);
  return before.filter((node) => {
    const copied = copiesOf(node, context);
    if (!copied || copied.size === 0) return false;
    const isFolder = [...copied.values()].some((path) => !node.args.some(({ value }) => plain(value) === path));
    const isRead = [...copied].some(([target, source]) => {
      const inFolder = target.startsWith(`${workdir}/`) ? target.slice(workdir.length + 1) : target;
      return needed.some((path) => isOf(source, path) || isOf(inFolder, path));
    });
    return (isFolder || [...copied.values()].every(isSource)) && !isRead;
  });
}

function isSource(path: string): boolean {
  return SOURCE.test(path) && !/(?:^|\/)[\w.-]+\.config\.\w+$/.test(path);
}

/** A COPY above an install that takes manifests and sources together, and the words for the sources. */
export interface MixedCopy {
  readonly node: Instruction;
  readonly sources: readonly Word[];
}

export function mixedBefore(run: Instruction, needed: readonly string[], context: BuildContext): MixedCopy[] {
  const before = run.stage?.instructions.filter(({ span }) => span.start < run.span.start) ?? [];
  return before.flatMap((node) => {
    // One file less may make a directory the name of a file.
    if (!copiesOf(node, context) || !/(?:^|\/)\.?$/.test(node.args.at(-1)?.value ?? '')) return [];
    const words = node.args.slice(0, -1);
    const sources = words.filter(({ value }) => isSource(value) && context.files.has(plain(value)));
    const others = words.filter((word) => !sources.includes(word)).map(({ value }) => plain(value));
    const areManifests =
      others.length > 0 && others.every((path) => needed.some((one) => isOf(path, one) || path === one));
    return sources.length > 0 && areManifests ? [{ node, sources }] : [];
  });
}

function copiesOf(node: Instruction, context: BuildContext): Map<string, string> | undefined {
  return node.keyword === 'COPY' && node.form !== 'exec' ? copiedBy(node, context) : undefined;
}

function plain(path: string): string {
  return path.replace(/^\.?\/+/, '');
}

/** `package*.json` and `patches/` match several files. */
function isOf(file: string, needed: string): boolean {
  return needed.endsWith('/') ? file.startsWith(needed) : file === needed || matchesGlob(file, `/${needed}`);
}

/**
 * True where the copies can move below the install: the instructions in between do not depend on them, and vice versa.
 */
export function areIndependent(
  moved: readonly Instruction[],
  run: Instruction,
  context: BuildContext | undefined,
): boolean {
  const [first] = moved;
  const others = (run.stage?.instructions ?? []).filter(
    (node) => first && node.span.start > first.span.start && node.span.end <= run.span.start && !moved.includes(node),
  );
  return others.every((node) => {
    const above = moved.filter(({ span }) => span.start < node.span.start);
    if (node.keyword === 'COPY' || node.keyword === 'ADD') return above.every((copy) => areApart(copy, node, context));
    if (!/^(?:WORKDIR|ARG|ENV)$/.test(node.keyword)) return needsNoSources(node);
    const isPlain = above.every(({ args }) => !args.some(({ text }) => text.includes('$')));
    const isPlaced = above.every(({ args }) => args.at(-1)?.value.startsWith('/'));
    return isPlain && (node.keyword !== 'WORKDIR' || isPlaced);
  });
}

/** True when neither overwrites files of the other. */
function areApart(copy: Instruction, other: Instruction, context: BuildContext | undefined): boolean {
  const [mine, others] = [copy, other].map((node) => context && copiesOf(node, context));
  if (mine && others) return ![...others.keys()].some((path) => mine.has(path));
  const [one, two] = [copy, other].map((node) => `${copyTarget(node).replace(/\/$/, '')}/`);
  return one !== undefined && two !== undefined && !one.startsWith(two) && !two.startsWith(one);
}

/**
 * True where a COPY with `--chown` creates a directory that a WORKDIR behind it would otherwise create, as root's: such
 * a COPY cannot move behind the WORKDIR. https://docs.docker.com/reference/dockerfile/#workdir
 */
export function ownsWorkdir(copy: Instruction, passed: readonly Instruction[]): boolean {
  if (!copy.flags.some(({ name }) => name === 'chown')) return false;
  const target = copyTarget(copy);
  const folders = passed.flatMap((node) => (node.keyword === 'WORKDIR' ? [workdirAtEnd([node])] : []));
  return folders.some((folder) => isWithin(folder, target) || isWithin(target, folder));
}
