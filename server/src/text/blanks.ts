/** How many spaces and tabs end at an offset. A regular expression would scan all blanks of the text to find out. */
export function blanksBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  return offset - start;
}

/** The number of blanks and tabs right after a position. */
export function blanksAfter(text: string, offset: number): number {
  let end = offset;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end - offset;
}
