/**
 * A pattern for a list of names, one of which must be the whole text: wordList`gcc(?:-\d+)? make`. Each name between
 * the blanks is part of a regular expression. The list may span several lines.
 */
export function wordList({ raw }: TemplateStringsArray): RegExp {
  return new RegExp(`^(?:${raw.join('').trim().split(/\s+/).join('|')})$`);
}
