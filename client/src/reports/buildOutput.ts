import { type Disposable, EventEmitter, l10n, type OutputChannel, window } from 'vscode';
import type { Client } from '../client';

/** What engines and scanners write while they work. */
export class BuildOutput {
  /** Made with the first line: most sessions build nothing. */
  #channel: OutputChannel | undefined;
  readonly #lines = new EventEmitter<string>();
  /** The last line that was written, for the progress. */
  readonly onLine = this.#lines.event;
  readonly #subscription: Disposable;

  constructor(client: Client) {
    this.#subscription = client.onNotification('dockerfile/engineOutput', ({ text }) => {
      this.#open().append(text);
      const line = text.trimEnd().split('\n').pop()?.trim();
      if (line) this.#lines.fire(line);
    });
  }

  /** A new run: what it is, above what it writes. */
  begin(title: string): void {
    this.#open().appendLine(`— ${title}`);
  }

  show(): void {
    this.#open().show(true);
  }

  #open(): OutputChannel {
    this.#channel ??= window.createOutputChannel(l10n.t('Dockerfile Optimizer: Build'));
    return this.#channel;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#lines.dispose();
    this.#channel?.dispose();
  }
}
