import type { Instruction } from './model';

/** `ADD file:8b88… in /`: how the history of an image shows a step, and not how it was written. */
export function isFromHistory({ args }: Instruction): boolean {
  return /^(?:file|multi|dir):[\da-f]{64}$/.test(args[0]?.value ?? '');
}
