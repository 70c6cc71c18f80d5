import { type CancellationToken, type Disposable, type Event, env, l10n, Uri, window, workspace } from 'vscode';
import type { Failed } from '../../../server/src/protocol';
import type { Client } from '../client';
import { BuildOutput } from './buildOutput';
import { withProgress } from './withProgress';

/** Runs of engines and scanners: one at a time for each file, each with a notification that can cancel it. */
export class ProgramRuns implements Disposable {
  readonly #output: BuildOutput;
  readonly #running = new Set<string>();
  /** What a verification is doing. */
  readonly onStep: Event<string>;

  constructor(client: Client) {
    this.#output = new BuildOutput(client);
    this.onStep = this.#output.onStep;
  }

  /** `onMessage`: what the notification shows; by default the last line of the program's output. */
  async run(
    title: string,
    uri: Uri,
    work: (token: CancellationToken) => Promise<void>,
    onMessage = this.#output.onLine,
  ): Promise<void> {
    const key = uri.toString();
    if (this.#running.has(key)) {
      window.showInformationMessage(l10n.t('{0}: a build or scan is already running', nameOf(uri)));
      return;
    }
    this.#running.add(key);
    this.#output.begin(title);
    try {
      await withProgress(title, async (token, progress) => {
        const messages = onMessage((message) => progress.report({ message: message.slice(0, 100) }));
        try {
          await work(token);
        } finally {
          messages.dispose();
        }
      });
    } finally {
      this.#running.delete(key);
    }
  }

  /** Not awaited, so that the progress notification can close. */
  tellWhy({ reason, url, isCancelled }: Failed): void {
    if (isCancelled) return;
    const [page, show] = [l10n.t('Open Page'), l10n.t('Show Output')];
    window.showErrorMessage(reason, ...(url === undefined ? [show] : [page, show])).then((answer) => {
      if (answer === show) this.#output.show();
      else if (answer === page && url !== undefined) return env.openExternal(Uri.parse(url, true));
      return undefined;
    });
  }

  dispose(): void {
    this.#output.dispose();
  }
}

/** The path in the workspace, if it is in one. */
export function nameOf(uri: Uri): string {
  return workspace.asRelativePath(uri, false);
}
