import type { Word } from '../../text/word';

/** How the author separates two words: a blank, or a continuation line; comments belong to the words themselves. */
export function gapBetween(text: string, before: Word, after: Word): string {
  return text.slice(before.span.end, after.span.start).replace(/^[ \t]*#.*\r?\n/gm, '');
}
