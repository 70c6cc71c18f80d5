import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { DIAGNOSTIC_SOURCE, toDiagnostic } from './convert';
import { type Analysis, MAX_LENGTH } from './documents';

export function diagnosticsOf(analysis: Analysis): Diagnostic[] {
  if (analysis.isSkipped) return [skippedDiagnostic(analysis)];
  return analysis.findings.map((finding, index) => toDiagnostic(analysis.uri, analysis.lines, finding, index));
}

/** Why a text is not looked at; undefined for one that is. */
export function skippedReason(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return 'Not checked: larger than 1 MB';
  return text.includes('\u0000') ? 'Not checked: binary content' : undefined;
}

function skippedDiagnostic({ text }: Analysis): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: DIAGNOSTIC_SOURCE,
    message: skippedReason(text) ?? '',
  };
}
