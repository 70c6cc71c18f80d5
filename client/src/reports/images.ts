import { type CancellationToken, Disposable, l10n, Uri, window, workspace } from 'vscode';
import type { MeasureReport, ScanParams } from '../../../server/src/protocol';
import { activeDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { partAtCursor } from '../optimize/partAtCursor';
import { nameOf, type ProgramRuns } from './programRuns';
import type { ReportPanels } from './reportPanels';

/** Commands that build, measure and scan images with programs on this machine, in trusted workspaces. */
export function registerImages(client: Client, panels: ReportPanels, runs: ProgramRuns): Disposable {
  const measure = (uri: Uri, compare: boolean): Promise<void> => {
    const title = compare
      ? l10n.t('Comparing {0} with the optimized file', nameOf(uri))
      : l10n.t('Building and measuring {0}', nameOf(uri));
    return runs.run(title, uri, async (token) => {
      const address = client.code2ProtocolConverter.asUri(uri);
      await workspace.openTextDocument(uri);
      const estimate = compare ? await estimateOf(address, token) : undefined;
      const result = await client.sendRequest('dockerfile/measure', { uri: address, compare }, token);
      if (!result.ok) return runs.tellWhy(result);
      const { before, after } = result;
      const report: MeasureReport = {
        kind: 'measure',
        name: nameOf(uri),
        before,
        ...(after ? { after } : {}),
        ...(estimate ? { estimate } : {}),
      };
      await panels.show(report, uri);
    });
  };
  const estimateOf = async (uri: string, token: CancellationToken): Promise<MeasureReport['estimate']> => {
    const plan = await client.sendRequest('dockerfile/optimize', { uri }, token);
    return plan ? { before: plan.summary.before.imageBytes, after: plan.summary.after.imageBytes } : undefined;
  };

  const scan = (uri: Uri, what: ScanParams['what']): Promise<void> => {
    const title =
      what === 'base'
        ? l10n.t('Scanning the base images of {0}', nameOf(uri))
        : l10n.t('Building and scanning {0}', nameOf(uri));
    return runs.run(title, uri, async (token) => {
      await workspace.openTextDocument(uri);
      const address = client.code2ProtocolConverter.asUri(uri);
      const result = await client.sendRequest('dockerfile/scan', { uri: address, what, ...partAtCursor(uri) }, token);
      if (!result.ok) return runs.tellWhy(result);
      if (result.reports.length === 0) {
        window.showInformationMessage(l10n.t('{0}: no image to scan', nameOf(uri)));
        return;
      }
      await panels.show({ kind: 'scan', name: nameOf(uri), reports: result.reports }, uri);
    });
  };

  /** Shows earlier reports; starts nothing. */
  const showScan = async (uri: Uri): Promise<void> => {
    const address = client.code2ProtocolConverter.asUri(uri);
    const params = { uri: address, what: 'base', isKept: true, ...partAtCursor(uri) } as const;
    const result = await client.sendRequest('dockerfile/scan', params);
    if (!result.ok) return runs.tellWhy(result);
    if (result.reports.length > 0)
      return panels.show({ kind: 'scan', name: nameOf(uri), reports: result.reports }, uri);
    window.showInformationMessage(l10n.t('{0}: images not scanned yet', nameOf(uri)));
  };

  const command = (id: string, what: string, act: (uri: Uri) => Promise<void>) =>
    registerCommand(client, id, what, async (argument) => {
      const uri = argument instanceof Uri ? argument : activeDockerfile();
      if (uri?.scheme === 'file') await act(uri);
      else window.showInformationMessage(l10n.t('Open a Dockerfile on this machine first'));
    });
  return Disposable.from(
    command('measure', l10n.t('Build and Measure'), (uri) => measure(uri, false)),
    command('compare', l10n.t('Compare with Optimized'), (uri) => measure(uri, true)),
    command('scanBase', l10n.t('Scan Base Images'), (uri) => scan(uri, 'base')),
    command('scanBuilt', l10n.t('Scan Built Image'), (uri) => scan(uri, 'built')),
    command('showScan', l10n.t('Show Scan Report'), showScan),
  );
}
