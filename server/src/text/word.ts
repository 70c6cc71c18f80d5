import type { Span } from './span';

/** One word of an instruction or of a shell command. */
export interface Word {
  /** As the shell or BuildKit gets it: continuations joined, quotes kept. */
  readonly text: string;
  /** Without quotes and escapes; variables stay as written. */
  readonly value: string;
  /** Where it stands in the document, quotes included. */
  readonly span: Span;
  /** No variable, substitution or glob in it: `value` is what the program sees. */
  readonly isStatic: boolean;
}
