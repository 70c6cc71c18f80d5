import { logFailure } from './connection';
import { createResultIds } from './resultIds';
import type { Session } from './session';

/** How long after the last look at a document: its plan takes longer than its findings. */
const DELAY_MS = 300;

/** Sends our extension what its status bar shows for each document. */
export function sendStatuses(session: Session): void {
  const { connection, documents } = session;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const sent = createResultIds();
  const send = async (uri: string): Promise<void> => {
    try {
      const { statusOf } = await import('./requests/status');
      const status = statusOf(session, uri);
      if (status && sent.isNew(uri, status)) await connection.sendNotification('dockerfile/status', status);
    } catch (error) {
      logFailure(connection, 'dockerfile/status', error);
    }
  };
  session.onLook((uri) => {
    clearTimeout(timers.get(uri));
    timers.set(uri, setTimeout(send, DELAY_MS, uri));
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    sent.forget(uri);
  });
}
