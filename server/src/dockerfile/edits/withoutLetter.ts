import type { TextEdit } from '../../text/edits';
import type { Word } from '../../text/word';

/** Removes a letter, such as `k` from `-Lkv`; undefined where the word is written differently. */
export function withoutLetter({ text, value, span }: Word, option: string): TextEdit | undefined {
  const at = value.indexOf(option.slice(1), 1);
  if (at < 0 || text !== value || span.end - span.start !== text.length) return undefined;
  return { span: { start: span.start + at, end: span.start + at + 1 }, newText: '' };
}
