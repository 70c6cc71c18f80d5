import type { Span } from '../text/span';
import type { Instruction } from './model';

/** The source of a COPY or a mount: a stage, an image, or a context. */
export interface FromFlag {
  /** As written, without quotes. */
  readonly reference: string;
  readonly span: Span;
}

/** `--from=x` and `--mount=from=x` of an instruction. */
export function fromFlags(node: Instruction, text: string): FromFlag[] {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD' && node.keyword !== 'RUN') return [];
  // Reading the flags of every RUN would take most of the time.
  if (!/--(?:from|mount)\b/.test(text.slice(node.span.start, node.span.end))) return [];
  return node.flags.flatMap(({ name, value, options, span }) => {
    const reference = name === 'from' ? value : options.get('from');
    if (reference === undefined || reference === '') return [];
    const at = text.slice(span.start, span.end).indexOf(`from=${reference}`);
    const start = span.start + at + 'from='.length;
    return [{ reference, span: at < 0 ? span : { start, end: start + reference.length } }];
  });
}
