/** Text from files is never markup; code in backticks stays code. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part.replaceAll('|', '\\|') : part.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&')))
    .join('');
}

/** The cells are Markdown. */
export function markdownTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  isRight: readonly boolean[],
): string {
  return [heading, isRight.map((one) => (one ? '---:' : '---')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
