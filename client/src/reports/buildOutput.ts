import { Disposable, EventEmitter, l10n, type OutputChannel, window } from 'vscode';
import type { Client } from '../client';

/** The output of engines and scanners while they work. */
export class BuildOutput {
  /** Created with the first line, because most sessions build nothing. */
  #channel: OutputChannel | undefined;
  readonly #lines = new EventEmitter<string>();
  readonly #steps = new EventEmitter<string>();
  /** The last line of output, for the progress notification. */
  readonly onLine = this.#lines.event;
  /** What a verification is doing. */
  readonly onStep = this.#steps.event;
  readonly #subscriptions: Disposable;

  constructor(client: Client) {
    this.#subscriptions = Disposable.from(
      this.#lines,
      this.#steps,
      client.onNotification('dockerfile/engineOutput', ({ text }) => {
        this.#open().append(text);
        const line = text.trimEnd().split('\n').pop()?.trim();
        if (line) this.#lines.fire(line);
      }),
      client.onNotification('dockerfile/verifyProgress', ({ text }) => {
        this.begin(text);
        this.#steps.fire(text);
      }),
    );
  }

  /** Starts a new run or step with its title above the output. */
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
    this.#subscriptions.dispose();
    this.#channel?.dispose();
  }
}
