/**
 * Text that is safe for a terminal: tabs become two spaces, control characters become dots. Untrusted files can neither
 * move the cursor nor change the text direction.
 */
export function printable(text: string): string {
  if (isPlain(text)) return text;
  return text.replaceAll('\t', '  ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '·');
}

/** True for most lines: nothing to replace, and one column for each character. */
function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** The width in terminal columns: East Asian wide characters and emoji take two. */
export function columnsOf(text: string): number {
  if (isPlain(text)) return text.length;
  const wide =
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
  // Combining marks, joiners, variation selectors.
  const withoutWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;
  let columns = 0;
  for (const character of printable(text)) if (!withoutWidth.test(character)) columns += wide.test(character) ? 2 : 1;
  return columns;
}
