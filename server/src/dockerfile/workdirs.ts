import { lineage } from './lineage';
import type { Instruction } from './model';

/** Also true for paths that begin with a variable, and for Windows paths. */
export function isAbsolute(path: string): boolean {
  return /^(?:[/\\$%]|[A-Za-z]:)/.test(path);
}

/** True when a WORKDIR precedes it in its stage, or in a stage that this one is built from. */
export function hasWorkdirAbove(node: Instruction): boolean {
  return (node.stage ? lineage(node.stage) : []).some((stage) =>
    stage.instructions.some(
      (other) =>
        (other.keyword === 'WORKDIR' || (node.onbuild && other.trigger?.keyword === 'WORKDIR')) &&
        (stage !== node.stage || other.span.start < node.span.start),
    ),
  );
}
