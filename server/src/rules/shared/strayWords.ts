import type { Instruction } from '../../dockerfile/model';
import type { Word } from '../../text/word';

const NAME = /^[A-Za-z_]\w*$/;

/**
 * The words of an ARG that are no names of further ARGs but part of the default of the first one: `localhost` in
 * `ARG HOST localhost`, `--lib` in `ARG FLAGS=--release --lib`.
 */
export function strayWords({ keyword, args }: Instruction): readonly Word[] {
  if (keyword !== 'ARG') return [];
  const [first, ...others] = args.map(({ value }) => value);
  // `ARG A # note` is an inline comment.
  if (first === undefined || others.length === 0 || others.some((word) => /[=#]/.test(word))) return [];
  const isCapital = (word: string): boolean => /^[A-Z_][A-Z\d_]*$/.test(word);
  const isStray = (word: string): boolean =>
    !NAME.test(word) || (isCapital(first.split('=')[0] ?? '') && !isCapital(word));
  return others.every(isStray) ? args.slice(1) : [];
}
