import type { OptimizeStep } from '../../../server/src/protocol';

/** The total saving of the steps, in bytes; undefined if no step has a figure. */
export function totalSaving(steps: readonly OptimizeStep[]): number | undefined {
  const saving = -steps.reduce((sum, { impactBytes = 0 }) => sum + impactBytes, 0);
  return saving > 0 ? saving : undefined;
}

/** `no-root-user`, `pip-no-cache-dir (3)`: each rule once, in order. */
export function countRules(ruleIds: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ruleIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  return Array.from(counts, ([id, count]) => (count > 1 ? `${id} (${count})` : id));
}
