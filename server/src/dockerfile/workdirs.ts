import { lineage } from './lineage';
import type { Instruction } from './model';
import { hasWindowsBase } from './windowsBase';

/** True for a WORKDIR that is relative to the one before, also by the value of a variable. */
export function isRelative(node: Instruction): boolean {
  const [word] = node.args;
  const path = word && (word.value.startsWith('$') ? node.expand(word.text) || word.value : word.value);
  return path !== undefined && path !== '' && !isAbsolute(path, node);
}

/** Also true for paths that begin with an unknown variable, and for Windows paths. */
function isAbsolute(path: string, { stage }: Instruction): boolean {
  if (path.startsWith('\\')) return stage === undefined || hasWindowsBase(stage);
  return /^(?:[/$]|[A-Za-z]:|%\w+(?:\(x86\))?%)/.test(path);
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
