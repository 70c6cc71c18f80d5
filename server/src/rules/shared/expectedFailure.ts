import type { ShellCommand } from '../../shell/script';

/** True in a condition, or before the next `||`: the author expects that it may fail. */
export function mayFail({ isConditional, chain, itemIndex }: ShellCommand): boolean {
  const next = chain.operators.slice(itemIndex);
  const end = next.findIndex(({ text }) => text !== '&&' && text !== '||');
  return isConditional || next.slice(0, end < 0 ? next.length : end).some(({ text }) => text === '||');
}
