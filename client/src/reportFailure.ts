import { l10n, window } from 'vscode';
import type { Client } from './activate';

/** Says once what has failed; the output channel has the rest. */
export async function reportFailure(client: Client, what: string, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const showOutput = l10n.t('Show Output');
  const answer = await window.showErrorMessage(l10n.t('{0} failed: {1}', what, reason), showOutput);
  if (answer === showOutput) client.outputChannel.show();
}
