/**
 * Text as a terminal may show it: tabs as two blanks, control characters as dots. Files of strangers can neither move the
 * cursor nor turn the direction of writing.
 */
export function printable(text: string): string {
  if (isPlain(text)) return text;
  return text.replaceAll('\t', '  ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '·');
}

/** What most lines are made of: nothing to replace, and a column for each. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** Marks on the character before, joiners, variation selectors. */
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns on a terminal: East Asian wide characters and emoji take two. */
export function columnsOf(text: string): number {
  if (isPlain(text)) return text.length;
  let columns = 0;
  for (const character of printable(text)) {
    if (!WITHOUT_WIDTH.test(character)) columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}
