import type { Diagnostic } from 'vscode-languageserver';
import { logFailure } from './connection';
import { diagnose } from './requests/diagnostic';
import type { Session } from './session';

/** How long after the last keystroke diagnostics are sent. */
const DELAY_MS = 200;

/** Sends diagnostics to clients that do not pull them. */
export function pushDiagnostics(session: Session): void {
  const { connection, documents } = session;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const stop = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  };
  const push = (uri: string): void => {
    stop(uri);
    const document = documents.get(uri);
    if (!document) return;
    let diagnostics: Diagnostic[] = [];
    try {
      diagnostics = diagnose(session, uri);
    } catch (error) {
      logFailure(connection, 'diagnostics', error);
    }
    connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  };
  session.onStale(() => {
    for (const { uri } of documents.all()) push(uri);
  });
  documents.onDidChangeContent(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => push(uri), DELAY_MS),
    );
  });
  documents.onDidClose(({ document: { uri } }) => {
    stop(uri);
    connection.sendDiagnostics({ uri, diagnostics: [] });
  });
}
