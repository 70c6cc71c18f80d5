import { diffLines, type LineChange } from './lineDiff';

export interface DiffNames {
  readonly before: string;
  readonly after: string;
}

/** A unified diff with three lines of context, as from `diff -u` and for `git apply`; '' when the texts are equal. */
export function unifiedDiff(before: string, after: string, names: DiffNames): string {
  const { beforeLines, afterLines, changes } = diffLines(before, after);
  if (changes.length === 0) return '';
  const hunks = groupChanges(changes, beforeLines.length).map((hunk) => {
    const { start, end } = hunk;
    const shift = (hunk.changes[0]?.after.start ?? 0) - (hunk.changes[0]?.before.start ?? 0);
    const lines: string[] = [];
    let line = start;
    for (const change of hunk.changes) {
      lines.push(...prefixed(' ', beforeLines.slice(line, change.before.start)));
      lines.push(...prefixed('-', beforeLines.slice(change.before.start, change.before.end)));
      lines.push(...prefixed('+', afterLines.slice(change.after.start, change.after.end)));
      line = change.before.end;
    }
    lines.push(...prefixed(' ', beforeLines.slice(line, end)));
    const afterLength = lines.filter((text) => !text.startsWith('-')).length;
    return `@@ -${rangeOf(start, end - start)} +${rangeOf(start + shift, afterLength)} @@\n${lines.join('')}`;
  });
  return `--- ${names.before}\n+++ ${names.after}\n${hunks.join('')}`;
}

const CONTEXT = 3;

interface Hunk {
  /** Lines of the original text, including context. */
  readonly start: number;
  readonly end: number;
  readonly changes: readonly LineChange[];
}

function groupChanges(changes: readonly LineChange[], lineCount: number): Hunk[] {
  const hunks: Hunk[] = [];
  for (const change of changes) {
    const start = Math.max(0, change.before.start - CONTEXT);
    const end = Math.min(lineCount, change.before.end + CONTEXT);
    const last = hunks.at(-1);
    if (last && start <= last.end)
      hunks[hunks.length - 1] = { start: last.start, end, changes: [...last.changes, change] };
    else hunks.push({ start, end, changes: [change] });
  }
  return hunks;
}

function prefixed(sign: string, lines: readonly string[]): string[] {
  return lines.map((line) => (line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`));
}

/** Line numbers start at 1; an empty range names the line before it. */
function rangeOf(start: number, length: number): string {
  if (length === 1) return `${start + 1}`;
  return `${length === 0 ? start : start + 1},${length}`;
}
