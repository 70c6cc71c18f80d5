import type { Vulnerability, VulnerabilitySeverity } from './scanReport';

/** The worst first. Unrated is not harmless, but no reason to fail. */
export const SEVERITIES: readonly VulnerabilitySeverity[] = [
  'critical',
  'high',
  'medium',
  'low',
  'negligible',
  'unknown',
];

export function isAtLeast(severity: VulnerabilitySeverity, threshold: VulnerabilitySeverity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

export type SeverityCounts = Readonly<Record<VulnerabilitySeverity, number>>;

export function countBySeverity(vulnerabilities: Iterable<Vulnerability>): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, unknown: 0 };
  for (const { severity } of vulnerabilities) counts[severity]++;
  return counts;
}

/** In the order of reports, each row once: a package at two paths gives two rows, duplicates at one path give one. */
export function orderRows(rows: readonly Vulnerability[]): readonly Vulnerability[] {
  const known = new Map<string, Vulnerability>();
  for (const row of rows) {
    const key = JSON.stringify([row.id, row.package, row.installedVersion, row.path]);
    const other = known.get(key);
    known.set(key, other ? merge(other, row) : row);
  }
  return [...known.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compare(a.package, b.package) ||
      compare(a.id, b.id) ||
      compare(a.installedVersion, b.installedVersion) ||
      compare(a.path ?? '', b.path ?? ''),
  );
}

/** Two advisories on the same issue: the worse one wins, with facts that only the other has. */
function merge(a: Vulnerability, b: Vulnerability): Vulnerability {
  return SEVERITIES.indexOf(b.severity) < SEVERITIES.indexOf(a.severity) ? { ...a, ...b } : { ...b, ...a };
}

/** Independent of the machine's locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The worst few, by severity and score; each id once. */
export function worstOf(vulnerabilities: readonly Vulnerability[], count: number): readonly Vulnerability[] {
  const ids = new Set<string>();
  return [...vulnerabilities]
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        (b.score ?? 0) - (a.score ?? 0) ||
        compare(a.id, b.id),
    )
    .filter(({ id }) => ids.size < count && !ids.has(id) && ids.add(id));
}

/** A package with a version that fixes some of the vulnerabilities. */
export interface Upgrade {
  readonly package: string;
  readonly installedVersion: string;
  /** As the scanner reports them; one for each vulnerability if they differ. */
  readonly fixedVersions: readonly string[];
  readonly counts: SeverityCounts;
  readonly fixes: number;
}

/** What upgrading packages would fix, the most first. */
export function upgradesOf(vulnerabilities: readonly Vulnerability[]): readonly Upgrade[] {
  const groups = new Map<string, Vulnerability[]>();
  for (const row of vulnerabilities) {
    if (row.fixedVersion === undefined) continue;
    const key = JSON.stringify([row.package, row.installedVersion]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()]
    .flatMap((rows): Upgrade[] => {
      const [first] = rows;
      if (!first) return [];
      return [
        {
          package: first.package,
          installedVersion: first.installedVersion,
          fixedVersions: [...new Set(rows.flatMap(({ fixedVersion }) => fixedVersion ?? []))],
          counts: countBySeverity(rows),
          fixes: rows.length,
        },
      ];
    })
    .sort((a, b) => compareCounts(b.counts, a.counts) || compare(a.package, b.package));
}

/** Higher if there are more of the worst severity. */
function compareCounts(a: SeverityCounts, b: SeverityCounts): number {
  for (const severity of SEVERITIES) if (a[severity] !== b[severity]) return a[severity] - b[severity];
  return 0;
}
