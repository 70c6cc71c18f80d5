import type { Instruction } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { matchesGlob } from '../engine/glob';
import { copiedBy, copyTarget, workdirAt } from './copiedFiles';
import { needsNoSources } from './dependencyInstall';

/** COPYs of folders above an install that reads none of their files. */
export function foldersBefore(run: Instruction, needed: readonly string[], context: BuildContext): Instruction[] {
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
    return isFolder && !isRead;
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
