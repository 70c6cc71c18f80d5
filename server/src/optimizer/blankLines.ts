/**
 * Removes the blank lines that a change has doubled: when a block between two others is removed, one of its two blank
 * lines goes with it.
 */
export function withoutLeftBlanks(before: string, after: string): string {
  const old = before.split('\n');
  const lines = after.split('\n');
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!isBlank(lines[at])) {
      kept.push(lines[at] ?? '');
      continue;
    }
    let end = at;
    while (end < lines.length && isBlank(lines[end])) end++;
    const run = lines.slice(at, end);
    const most =
      run.length < 2 || end === lines.length ? run.length : blanksBetween(old, lines[at - 1], lines[end], run.length);
    kept.push(...run.slice(0, most));
    at = end - 1;
  }
  return kept.join('\n');
}

/** The larger of the old gaps below `above` and above `below`, but not more than the current one. */
function blanksBetween(
  old: readonly string[],
  above: string | undefined,
  below: string | undefined,
  now: number,
): number {
  let most = 0;
  for (let at = 0; at < old.length; at++) {
    if (old[at] === above) most = Math.max(most, blanksFrom(old, at + 1, 1));
    if (old[at] === below) most = Math.max(most, blanksFrom(old, at - 1, -1));
  }
  return Math.min(most === 0 ? widestGap(old) : most, now);
}

/** The most blank lines in a row. */
function widestGap(lines: readonly string[]): number {
  let widest = 1;
  let count = 0;
  for (const line of lines) {
    count = isBlank(line) ? count + 1 : 0;
    widest = Math.max(widest, count);
  }
  return widest;
}

function blanksFrom(lines: readonly string[], start: number, step: 1 | -1): number {
  let count = 0;
  while (start + count * step >= 0 && start + count * step < lines.length && isBlank(lines[start + count * step]))
    count++;
  return count;
}

function isBlank(line: string | undefined): boolean {
  return line?.trim() === '';
}
