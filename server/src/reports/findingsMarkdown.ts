import type { ReportedFinding } from '../engine/reportedFinding';
import { escapeMarkdown, markdownTable } from '../text/markdown';

/** What a file is reported for: its heading, why it could not be checked, and its findings in a table. */
export function findingsMarkdown(
  file: { readonly path: string; readonly findings: readonly ReportedFinding[]; readonly error?: string },
  heading: readonly [line: string, severity: string, finding: string, rule: string],
): string[] {
  const rows = file.findings.map(({ range, severity, message, rule }) => [
    String(range.start.line + 1),
    severity,
    escapeMarkdown(message),
    `\`${rule}\``,
  ]);
  return [
    `## ${escapeMarkdown(file.path)}`,
    ...(file.error === undefined ? [] : [escapeMarkdown(file.error)]),
    ...(rows.length > 0 ? [markdownTable(heading, rows, [true, false, false, false])] : []),
  ];
}
