import type { Word } from '../text/word';
import type { Instruction } from './model';

/** An argument with its variables expanded; undefined when one has no known value. */
export function expandedWord(node: Instruction, { text, value }: Word): string | undefined {
  return node.expand(node.form === 'exec' ? value : text);
}
