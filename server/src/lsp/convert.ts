import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  TextEdit as LspTextEdit,
  type Range,
} from 'vscode-languageserver';
import type { Finding, Severity } from '../engine/rule';
import { rulePageUrl } from '../engine/rulePageUrl';
import type { TextEdit } from '../text/edits';
import type { LineIndex } from '../text/lineIndex';
import type { Span } from '../text/span';

/** The only place where offsets become LSP positions and back. */

export const DIAGNOSTIC_SOURCE = 'dockerfile-optimizer';

/** ShellCheck documents its own codes. */
function shellCheckUrl(code: string): string {
  return `https://www.shellcheck.net/wiki/${code}`;
}

function codeDescriptionOf({ code, ruleId, customRule }: Finding): Pick<Diagnostic, 'codeDescription'> {
  const [own] = customRule?.docs.references ?? [];
  const href = customRule ? own : code === undefined ? rulePageUrl(ruleId) : shellCheckUrl(code);
  return href === undefined ? {} : { codeDescription: { href } };
}

/** Sent with a diagnostic; comes back in code action requests. */
export interface DiagnosticData {
  readonly ruleId: string;
  /** Its index among the findings of that version. */
  readonly index: number;
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

export function toRange(lines: LineIndex, span: Span): Range {
  return lines.rangeOf(span);
}

export function toSpan(lines: LineIndex, range: Range): Span {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

export function toTextEdit(lines: LineIndex, edit: TextEdit): LspTextEdit {
  return LspTextEdit.replace(toRange(lines, edit.span), edit.newText);
}

export function toDiagnostic(uri: string, lines: LineIndex, finding: Finding, index: number): Diagnostic {
  const data: DiagnosticData = { ruleId: finding.ruleId, index };
  return {
    range: toRange(lines, finding.span),
    severity: SEVERITIES[finding.severity],
    code: finding.code ?? finding.ruleId,
    ...codeDescriptionOf(finding),
    source: DIAGNOSTIC_SOURCE,
    message: finding.message,
    ...(finding.tags.length > 0 ? { tags: finding.tags.map((tag) => TAGS[tag]) } : {}),
    ...(finding.related.length > 0
      ? {
          relatedInformation: finding.related.map(({ message, span }) => ({
            location: { uri, range: toRange(lines, span) },
            message,
          })),
        }
      : {}),
    data,
  };
}
