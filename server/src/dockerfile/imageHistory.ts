import type { Instruction } from './model';

/** `ADD file:8b88… in /`: a step as the history of an image shows it, not as its author wrote it. */
export function isFromHistory({ args }: Instruction): boolean {
  return /^(?:file|multi|dir):[\da-f]{64}$/.test(args[0]?.value ?? '');
}
