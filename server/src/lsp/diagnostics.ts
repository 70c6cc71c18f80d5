import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding } from '../engine/rule';
import type { Localize } from '../l10n/localize';
import { type Analysis, skippedReason } from './analyses';
import { DIAGNOSTIC_SOURCE, toDiagnostic } from './convert';

/** @param shown some of the findings of the analysis */
export function diagnosticsOf(
  analysis: Analysis,
  localize: Localize,
  shown: readonly Finding[] = analysis.findings,
): Diagnostic[] {
  const reason = skippedReason(analysis.text, localize);
  if (reason !== undefined) return [skippedDiagnostic(reason)];
  const isShown = new Set(shown);
  // Code actions find a finding by its index.
  return analysis.findings.flatMap((finding, index) =>
    isShown.has(finding) ? toDiagnostic(analysis.uri, analysis.lines, finding, index) : [],
  );
}

function skippedDiagnostic(message: string): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: DIAGNOSTIC_SOURCE,
    message,
  };
}
