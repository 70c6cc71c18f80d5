import type { Instruction } from '../../dockerfile/model';
import { mentionsVariable } from '../../dockerfile/variables';

/** True if an instruction below the ARG uses one of its variables. */
export function isUsedIn(arg: Instruction, nodes: readonly Instruction[]): boolean {
  return nodes.some(
    (node) =>
      node.span.start > arg.span.start &&
      arg.pairs.some(({ name }) => mentionsVariable(node.args.map(({ text }) => text).join(' '), name)),
  );
}
