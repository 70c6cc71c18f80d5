import type { Span } from '../../text/span';

/** Markdown about a part of the file. */
export interface Explanation {
  readonly markdown: string;
  readonly span: Span;
}
