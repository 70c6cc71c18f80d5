import type { Advice, Difference } from '../reports/verification';

/** What to configure so that the next plan keeps the behavior that a step has changed. */
export function adviceFor(id: string, differences: readonly Difference[]): Advice {
  const { kind, subject } = differences.find(({ cause }) => cause)?.cause ?? {};
  if (kind === 'write' && subject?.startsWith('/')) return { key: 'writes', value: folderOf(subject) };
  if (kind === 'program' && subject !== undefined && /^[\w.+-]+$/.test(subject))
    return { key: 'needs', value: subject };
  return { key: 'without', value: id };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || path;
}
