import type { Difference } from './verification';

/** What shows a difference, each line once: lines of logs, and the part of an answer before and after. */
export function evidenceOf(differences: readonly Difference[]): string[] {
  const lines = differences.flatMap(({ before, after, cause }) => [
    ...(before === undefined ? [] : [`- ${before}`]),
    ...(after === undefined ? [] : [`+ ${after}`]),
    ...(cause ? [cause.line] : []),
  ]);
  return [...new Set(lines)];
}
