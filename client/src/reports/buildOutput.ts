import { type Disposable, EventEmitter, l10n, type OutputChannel, window } from 'vscode';
import type { Client } from '../client';

/** The output of engines and scanners while they work. */
export class BuildOutput {
  /** Created with the first line, because most sessions build nothing. */
  #channel: OutputChannel | undefined;
  readonly #lines = new EventEmitter<string>();
  /** The last line of output, for the progress notification. */
  readonly onLine = this.#lines.event;
  readonly #subscription: Disposable;

  constructor(client: Client) {
    this.#subscription = client.onNotification('dockerfile/engineOutput', ({ text }) => {
      this.#open().append(text);
      const line = text.trimEnd().split('\n').pop()?.trim();
      if (line) this.#lines.fire(line);
    });
  }

  /** Starts a new run with its title above the output. */
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
