import { inheritedInstructions } from '../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../dockerfile/model';
import { findStage } from '../dockerfile/parse';
import type { BuildContext } from '../engine/buildContext';
import { baseName, isWithin } from '../text/paths';
import { absolutePath, copiedBy, copyTarget } from './copiedFiles';

/**
 * The file of the build context that is at a path of a stage before an offset, also through other stages; undefined
 * where no COPY or more than a COPY may have made it. `changes` are the scripts that may write the file.
 */
export function contextFileAt(
  path: string,
  stage: Stage,
  before: number,
  changes: RegExp,
  { dockerfile, context }: { readonly dockerfile: DockerfileModel; readonly context: BuildContext },
): string | undefined {
  const steps = inheritedInstructions(stage).filter(({ span }) => span.start < before);
  if (steps.some((node) => PLACES.test(node.keyword) && usesArgument(node, steps))) return undefined;
  for (const node of steps.toReversed()) {
    if (node.keyword === 'RUN' && (node.flags.length > 0 || changes.test(node.bodyText))) return undefined;
    if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || !isWithin(path, copyTarget(node))) continue;
    const from = node.flags.find(({ name }) => name === 'from')?.value;
    if (from === undefined) {
      const copied = node.heredocs.length > 0 ? undefined : copiedBy(node, context);
      if (!copied || copied.has(path)) return copied?.get(path);
      continue;
    }
    const source = sourceOf(path, node);
    if (source === 'another') continue;
    const other = source && node.stage && findStage(dockerfile.stages, node.stage, from);
    return other && contextFileAt(source.path, other, node.span.start, changes, { dockerfile, context });
  }
  return undefined;
}

export const PLACES = /^(?:COPY|ADD|WORKDIR)$/;

/** True where a build argument chooses the folder: another build may set it. */
export function usesArgument({ bodyText }: Instruction, steps: readonly Instruction[]): boolean {
  const names = steps.flatMap(({ keyword, pairs }) => (keyword === 'ARG' ? pairs.map(({ name }) => name) : []));
  return names.some((name) => bodyText.includes(`$${name}`) || bodyText.includes(`\${${name}`));
}

/** What a `COPY --from` takes the file at the path from: 'another' where it copies a file of another name. */
function sourceOf(path: string, node: Instruction): { readonly path: string } | 'another' | undefined {
  const [source, ...more] = node.args.slice(0, -1);
  if (!source?.isStatic || more.length > 0 || /[*?[]/.test(source.value) || node.flags.length > 1) return undefined;
  const name = baseName(source.value.replace(/\/$/, ''));
  if (name === baseName(path)) return { path: absolutePath(source.value, '/') };
  if (/\.\w+$/.test(name)) return 'another';
  return { path: absolutePath(path.slice(copyTarget(node).length), absolutePath(source.value, '/')) };
}
