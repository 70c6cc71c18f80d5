import type { ShellCommand } from '../../shell/script';

/** True in a condition, or before `||`: the author expects that it may fail. */
export function mayFail({ isConditional, chain, itemIndex }: ShellCommand): boolean {
  return isConditional || chain.operators[itemIndex]?.text === '||';
}
