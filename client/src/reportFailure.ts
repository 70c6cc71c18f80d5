import { l10n, window } from 'vscode';
import type { Client } from './client';

/** Messages that are still open. */
const shown = new Set<string>();

/** Shows what has failed, unless the same message is still open; the output channel has the details. */
export async function reportFailure(
  client: Pick<Client, 'outputChannel'>,
  what: string,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const text = l10n.t('{0} failed: {1}', what, reason);
  if (shown.has(text)) return;
  shown.add(text);
  const showOutput = l10n.t('Show Output');
  const answer = await window.showErrorMessage(text, showOutput);
  shown.delete(text);
  if (answer === showOutput) client.outputChannel.show();
}
