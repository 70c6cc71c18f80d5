import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import { diagnosticsOf } from '../diagnostics';
import type { Session } from '../session';

export function diagnostic(
  session: Session,
  { textDocument: { uri }, previousResultId }: DocumentDiagnosticParams,
): DocumentDiagnosticReport {
  const items = diagnose(session, uri);
  // Most keystrokes change no finding: then nothing is sent, and the client has nothing to redraw.
  const resultId = session.resultIds.idOf(uri, items);
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** The findings in a document; also starts ShellCheck and the registry lookups, whose answers come later. */
export function diagnose(session: Session, uri: string): Diagnostic[] {
  const analysis = session.diagnosed(uri);
  const analyses = analysis ? [analysis] : session.analysesIn(uri);
  const settled = session.typing.settled(uri, analyses);
  const items = analyses.flatMap((one, index) => diagnosticsOf(one, session.engine.localize, settled[index]));
  session.runShellChecks();
  if (analysis) session.looked(uri);
  if (analysis) session.registryLookups()?.want(analysis.dockerfile);
  return items;
}
