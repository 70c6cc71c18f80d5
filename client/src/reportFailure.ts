import { l10n, window } from 'vscode';
import type { Client } from './client';

/** Texts that were shown and not closed yet. */
const shown = new Set<string>();

/** Says what has failed, not twice at a time; the output channel has the rest. */
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
