import { lineage } from './lineage';
import type { Instruction } from './model';

/** Also what a variable begins with, and folders of Windows. */
export function isAbsolute(path: string): boolean {
  return /^(?:[/\\$%]|[A-Za-z]:)/.test(path);
}

/** A WORKDIR above it in the stage, or in one that it is built from. */
export function hasWorkdirAbove(node: Instruction): boolean {
  return (node.stage ? lineage(node.stage) : []).some((stage) =>
    stage.instructions.some(
      (other) =>
        (other.keyword === 'WORKDIR' || (node.onbuild && other.trigger?.keyword === 'WORKDIR')) &&
        (stage !== node.stage || other.span.start < node.span.start),
    ),
  );
}
