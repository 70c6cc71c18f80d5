/** How many blanks and tabs end at an offset. A regular expression would look at all blanks of the text to tell. */
export function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  return offset - start;
}
