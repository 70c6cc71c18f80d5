import type { LineIndex } from '../text/lineIndex';
import type { Finding, FixSafety, Severity } from './rule';

/** A finding for other programs: `lint --format json`, version 1, and the report of a workspace. */
export interface ReportedFinding {
  readonly rule: string;
  /** ShellCheck's. */
  readonly code?: string;
  /** Other tools' names for the rule. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  /** From zero, characters in UTF-16 code units, as in LSP. */
  readonly range: { readonly start: Position; readonly end: Position };
  readonly fixes: readonly { readonly title: string; readonly safety: FixSafety }[];
}
type Position = ReturnType<LineIndex['positionAt']>;

export function reportedFinding(finding: Finding, lines: LineIndex, aliases: readonly string[]): ReportedFinding {
  return {
    rule: finding.ruleId,
    ...(finding.code === undefined ? {} : { code: finding.code }),
    aliases,
    severity: finding.severity,
    message: finding.message,
    range: { start: lines.positionAt(finding.span.start), end: lines.positionAt(finding.span.end) },
    fixes: finding.fixes.map(({ title, safety }) => ({ title, safety })),
  };
}
