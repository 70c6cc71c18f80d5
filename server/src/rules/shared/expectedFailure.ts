import type { ShellCommand } from '../../shell/script';

/** In a branch, or before `||`: the author reckons with its failure. */
export function mayFail({ isConditional, chain, itemIndex }: ShellCommand): boolean {
  return isConditional || chain.operators[itemIndex]?.text === '||';
}
