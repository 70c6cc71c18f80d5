import { type CancellationToken, type Disposable, l10n, window, workspace } from 'vscode';
import type { CheckedFile } from '../../../server/src/protocol';
import type { Client } from '../client';
import { registerCommand } from '../command';
import type { CheckedFindings } from './checkedFindings';
import { filesToCheck } from './dockerfilesInWorkspace';
import { fileToCheck } from './fileToCheck';
import type { ReportPanels } from './reportPanels';
import { withProgress } from './withProgress';

/** Files per request: between two requests the server can answer others, and the user can cancel. */
const BATCH = 25;

/** "Check All Dockerfiles": the findings of the whole workspace in one view. */
export function registerCheckAll(client: Client, panels: ReportPanels, checked: CheckedFindings): Disposable {
  const checkAll = async (token: CancellationToken, tell: (share: number, text: string) => void): Promise<void> => {
    const { uris, isCutOff } = await filesToCheck(token);
    const files: CheckedFile[] = [];
    for (let at = 0; at < uris.length; at += BATCH) {
      const batch = uris.slice(at, at + BATCH);
      const params = { files: await Promise.all(batch.map((uri) => fileToCheck(client, uri))) };
      const result = await client.sendRequest('dockerfile/checkFiles', params, token);
      if (token.isCancellationRequested) return;
      if (!result) throw new Error(l10n.t('the server did not respond'));
      files.push(...result.files);
      tell((100 * batch.length) / uris.length, l10n.t('{0} of {1}', at + batch.length, uris.length));
    }
    if (token.isCancellationRequested) return;
    if (files.length === 0) {
      window.showInformationMessage(l10n.t('There is no Dockerfile in this workspace'));
      return;
    }
    const name = workspace.name ?? '';
    const checkedAt = new Date().toISOString();
    checked.show(files);
    await panels.show({ kind: 'check', name, checkedAt, files, isCutOff });
  };
  const title = l10n.t('Checking all Dockerfiles');
  return registerCommand(client, 'checkAll', title, () =>
    withProgress(title, (token, progress) =>
      checkAll(token, (increment, message) => progress.report({ increment, message })),
    ),
  );
}
