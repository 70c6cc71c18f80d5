import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { DIAGNOSTIC_SOURCE, toDiagnostic } from './convert';
import { type Analysis, MAX_LENGTH } from './documents';

export function diagnosticsOf(analysis: Analysis): Diagnostic[] {
  if (analysis.isSkipped) return [skippedDiagnostic(analysis)];
  return analysis.findings.map((finding, index) => toDiagnostic(analysis.uri, analysis.lines, finding, index));
}

function skippedDiagnostic({ text }: Analysis): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: DIAGNOSTIC_SOURCE,
    message: text.length > MAX_LENGTH ? 'Not checked: larger than 1 MB' : 'Not checked: binary content',
  };
}
