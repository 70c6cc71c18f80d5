/**
 * The text in memory of its own. Engines keep the whole text that a slice was cut from: what is kept for longer than a
 * document would keep every version of it.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
