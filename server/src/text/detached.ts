/**
 * A copy of the text in its own memory. JavaScript engines keep the whole text that a slice was cut from, so a slice
 * that outlives its document would keep every version of it in memory.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
