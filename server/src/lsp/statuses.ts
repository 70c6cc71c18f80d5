import type { StatusParams } from '../protocol';
import { skippedReason } from './analyses';
import { logFailure } from './connection';
import { createResultIds } from './resultIds';
import type { Session } from './session';

/** How long after the last look at a document: its plan takes longer than its findings. */
const DELAY_MS = 300;

/** What the status bar of our extension shows for each document. */
export class Statuses {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #sent = createResultIds();

  constructor(private readonly session: Session) {}

  /** Call it after each analysis. */
  note(uri: string): void {
    if (!this.session.isOurExtension) return;
    clearTimeout(this.#timers.get(uri));
    const send = () =>
      this.#send(uri).catch((error: unknown) => logFailure(this.session.connection, 'dockerfile/status', error));
    this.#timers.set(uri, setTimeout(send, DELAY_MS));
  }

  async #send(uri: string): Promise<void> {
    const { session } = this;
    const { planFigures, planSummary } = await import('./planFigures');
    // The document may have changed meanwhile, or be closed.
    const analysis = session.diagnosed(uri);
    if (!analysis) return;
    const notChecked = skippedReason(analysis.text, session.engine.localize);
    const summary = analysis.isSkipped ? undefined : planSummary(session, analysis);
    const figures = summary && !session.lacksContext(uri) && planFigures(session, analysis, summary);
    const status: StatusParams = {
      uri,
      findings: analysis.findings.length,
      ...(notChecked === undefined ? {} : { notChecked }),
      ...(figures && figures.saving !== undefined ? { saving: figures.saving, change: figures.change } : {}),
    };
    if (this.#sent.isNew(uri, status)) await session.connection.sendNotification('dockerfile/status', status);
  }

  forget(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#sent.forget(uri);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
