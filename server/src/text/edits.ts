import type { Span } from './span';

export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}
