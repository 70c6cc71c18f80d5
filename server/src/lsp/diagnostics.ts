import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { MAX_LENGTH } from '../dockerfile/limits';
import type { Localize } from '../l10n/localize';
import { DIAGNOSTIC_SOURCE, toDiagnostic } from './convert';
import type { Analysis } from './documents';

export function diagnosticsOf(analysis: Analysis, localize: Localize): Diagnostic[] {
  const reason = skippedReason(analysis.text, localize);
  if (reason !== undefined) return [skippedDiagnostic(reason)];
  return analysis.findings.map((finding, index) => toDiagnostic(analysis.uri, analysis.lines, finding, index));
}

/** Why a text is not looked at; undefined for one that is. */
export function skippedReason(text: string, localize: Localize): string | undefined {
  if (text.length > MAX_LENGTH) return localize('Not checked: larger than 1 MB');
  return text.includes('\u0000') ? localize('Not checked: binary content') : undefined;
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
