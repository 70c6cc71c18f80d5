import { type Disposable, Disposable as Disposables, l10n, StatusBarAlignment, window } from 'vscode';
import type { StatusParams } from '../../server/src/protocol';
import type { Client } from './activate';
import { aboutBytes } from './stepText';

/** How many findings the Dockerfile in front has, and what could be saved; a click optimizes it. */
export function createStatusBar(client: Client): Disposable {
  const item = window.createStatusBarItem('dockerfileOptimizer.status', StatusBarAlignment.Right, 90);
  item.name = l10n.t('Dockerfile Optimizer');
  item.command = 'dockerfileOptimizer.optimize';
  const known = new Map<string, StatusParams>();
  const show = (): void => {
    const document = window.activeTextEditor?.document;
    const status = document?.languageId === 'dockerfile' ? known.get(document.uri.toString()) : undefined;
    if (!status) {
      item.hide();
      return;
    }
    const { findings, savingBytes = 0 } = status;
    const saving = savingBytes < 0 ? `, ${l10n.t('{0} to save', aboutBytes(-savingBytes))}` : '';
    item.text = `$(layers) ${findings}${saving}`;
    item.tooltip = l10n.t('{0} findings in this Dockerfile{1}. Click to optimize it.', findings, saving);
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
  };
  return Disposables.from(
    item,
    client.onNotification('dockerfile/status', (status: StatusParams) => {
      // The client and the server may write the same address differently.
      known.set(client.protocol2CodeConverter.asUri(status.uri).toString(), status);
      show();
    }),
    window.onDidChangeActiveTextEditor(show),
  );
}
