import type { Span } from './span';

/** One word of an instruction or of a shell command. */
export interface Word {
  /** As the shell or BuildKit receives it: continuations joined, quotes kept. */
  readonly text: string;
  /** Without quotes and escapes; variables stay as written. */
  readonly value: string;
  /** Its position in the document, quotes included. */
  readonly span: Span;
  /** Without variables, substitutions and globs: `value` is what the program sees. */
  readonly isStatic: boolean;
}
