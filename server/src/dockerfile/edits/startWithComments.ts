/** The start of an instruction's lines, including the comment lines directly above it. */
export function startWithComments(text: string, start: number): number {
  let at = text.lastIndexOf('\n', start - 1) + 1;
  while (at > 0) {
    const previous = text.lastIndexOf('\n', at - 2) + 1;
    const line = text.slice(previous, at);
    // The first lines may be parser directives, which must stay there.
    if (!/^[ \t]*#(?!\s*(?:syntax|escape|check)\s*=)/i.test(line)) break;
    at = previous;
  }
  return at;
}
