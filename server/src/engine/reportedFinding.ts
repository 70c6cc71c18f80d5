import type { LineIndex } from '../text/lineIndex';
import type { Finding, FixSafety, Severity } from './rule';

/** A finding for other programs: `lint --format json`, version 1, and the workspace report. */
export interface ReportedFinding {
  readonly rule: string;
  /** The ShellCheck code. */
  readonly code?: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  /** Zero-based, characters in UTF-16 code units, as in LSP. */
  readonly range: { readonly start: Position; readonly end: Position };
  readonly fixes: readonly { readonly title: string; readonly safety: FixSafety }[];
}
type Position = ReturnType<LineIndex['positionAt']>;

export function reportedFinding(finding: Finding, lines: LineIndex, aliases: readonly string[]): ReportedFinding {
  const { alias } = finding;
  return {
    rule: finding.ruleId,
    ...(finding.code === undefined ? {} : { code: finding.code }),
    // Of hadolint's ids, only the one that applies.
    aliases: alias === undefined ? aliases : aliases.filter((id) => id === alias || !/^DL\d/.test(id)),
    severity: finding.severity,
    message: finding.message,
    range: { start: lines.positionAt(finding.span.start), end: lines.positionAt(finding.span.end) },
    fixes: finding.fixes.map(({ title, safety }) => ({ title, safety })),
  };
}
