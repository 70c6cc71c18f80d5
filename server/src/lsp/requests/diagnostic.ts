import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import type { StatusParams } from '../../protocol';
import type { Analysis } from '../analyses';
import { diagnosticsOf } from '../diagnostics';
import type { Measured } from '../measurements';
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
  const items = analysis ? diagnosticsOf(analysis, session.engine.localize, session.typing.settled(analysis)) : [];
  session.runShellChecks();
  if (analysis) sendStatus(session, analysis);
  if (analysis) session.registryLookups()?.want(analysis.dockerfile);
  return items;
}

function sendStatus(session: Session, { uri, text, findings }: Analysis): void {
  const { connection, isOurExtension, statuses, measurements } = session;
  if (!isOurExtension) return;
  const status = {
    uri,
    findings: findings.length,
    ...(measuredSaving(measurements.of(uri, text)) ?? estimatedSaving(findings)),
  };
  if (statuses.isNew(uri, status)) connection.sendNotification('dockerfile/status', status);
}

type Saving = Pick<StatusParams, 'savingBytes' | 'measuredAt'>;

function measuredSaving(measured: Measured | undefined): Saving | undefined {
  const { before, after } = measured ?? {};
  return before && after && { savingBytes: after.image.bytes - before.bytes, measuredAt: after.image.measuredAt };
}

function estimatedSaving(findings: Analysis['findings']): Saving {
  const bytes = findings.flatMap((finding) => finding.impact?.bytes ?? []);
  return bytes.length > 0 ? { savingBytes: bytes.reduce((sum, one) => sum + one, 0) } : {};
}
