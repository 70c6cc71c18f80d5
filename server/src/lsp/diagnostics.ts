import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Localize } from '../l10n/localize';
import { type Analysis, skippedReason } from './analyses';
import { DIAGNOSTIC_SOURCE, toDiagnostic } from './convert';

export function diagnosticsOf(analysis: Analysis, localize: Localize): Diagnostic[] {
  const reason = skippedReason(analysis.text, localize);
  if (reason !== undefined) return [skippedDiagnostic(reason)];
  return analysis.findings.map((finding, index) => toDiagnostic(analysis.uri, analysis.lines, finding, index));
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
