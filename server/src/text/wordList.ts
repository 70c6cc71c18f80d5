/**
 * The pattern of a list of names, one of which is the whole text: wordList`gcc(?:-\d+)? make`. Between blanks stand parts
 * of a regular expression, with as many lines as are of use.
 */
export function wordList({ raw }: TemplateStringsArray): RegExp {
  return new RegExp(`^(?:${raw.join('').trim().split(/\s+/).join('|')})$`);
}
