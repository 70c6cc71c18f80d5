import type { OptimizerPlan } from '../optimizer/plan';
import { applyEdits } from '../text/edits';
import { diffLines } from '../text/lineDiff';

/**
 * For each line of a plan's result: the line of the first text that it comes from, or the step that wrote it. A line that
 * a step only moves stays what it was.
 */
export type LineOrigin = { readonly line: number } | { readonly step: number };

export function lineOrigins({ before, steps }: Pick<OptimizerPlan, 'before' | 'steps'>): readonly LineOrigin[] {
  let text = before;
  let origins: readonly LineOrigin[] = diffLines(before, before).beforeLines.map((_, line) => ({ line }));
  for (const [step, { edits }] of steps.entries()) {
    const next = applyEdits(text, edits);
    origins = after(text, next, origins, { step });
    text = next;
  }
  return origins;
}

function after(before: string, next: string, origins: readonly LineOrigin[], step: LineOrigin): readonly LineOrigin[] {
  const { beforeLines, afterLines, changes } = diffLines(before, next);
  const moved = new Map<string, LineOrigin>();
  for (const { before: range } of changes)
    for (let at = range.start; at < range.end; at++) moved.set(keyOf(beforeLines[at] ?? ''), origins[at] ?? step);
  const found: LineOrigin[] = [];
  let from = 0;
  const keepTo = (end: number) => {
    for (; from < end; from++) found.push(origins[from] ?? step);
  };
  for (const change of changes) {
    keepTo(change.before.start);
    for (const line of afterLines.slice(change.after.start, change.after.end))
      found.push(moved.get(keyOf(line)) ?? step);
    from = change.before.end;
  }
  keepTo(beforeLines.length);
  return found;
}

/** A stage that gets a name stays the same line. */
function keyOf(line: string): string {
  return line.trim().replace(/ AS [\w.-]+$/, '');
}
