import { Disposable, l10n, Uri, window, workspace } from 'vscode';
import { activeDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { partAtCursor } from '../optimize/partAtCursor';
import { nameOf } from './programRuns';
import type { ReportPanels } from './reportPanels';

/** The graph follows the text, once it has been at rest for this long. */
const REST_MS = 400;

/** "Show Stage Graph": the stages of a Dockerfile and what they take from each other. */
export function registerStageGraph(
  client: Client,
  panels: ReportPanels,
  report: (error: unknown) => Promise<void>,
): Disposable {
  const graphOf = async (uri: Uri) => {
    const graph = await client.sendRequest('dockerfile/stageGraph', {
      uri: client.code2ProtocolConverter.asUri(uri),
      ...partAtCursor(uri),
    });
    return graph ? ({ kind: 'graph', name: nameOf(uri), graph } as const) : undefined;
  };
  const resting = new Map<string, NodeJS.Timeout>();
  const update = async (uri: Uri): Promise<void> => {
    const shown = await graphOf(uri);
    if (shown) await panels.update(shown, uri);
  };
  return Disposable.from(
    registerCommand(client, 'showStageGraph', l10n.t('Show Stage Graph'), async (argument) => {
      const uri = argument instanceof Uri ? argument : activeDockerfile();
      if (!uri) {
        window.showInformationMessage(l10n.t('Open a Dockerfile first'));
        return;
      }
      await workspace.openTextDocument(uri);
      const shown = await graphOf(uri);
      if (shown) await panels.show(shown, uri);
      else window.showInformationMessage(l10n.t('{0} is not checked', nameOf(uri)));
    }),
    workspace.onDidChangeTextDocument(({ document: { uri } }) => {
      if (!panels.isOpen('graph', uri)) return;
      const key = uri.toString();
      clearTimeout(resting.get(key));
      resting.set(
        key,
        setTimeout(() => {
          resting.delete(key);
          update(uri).catch(report);
        }, REST_MS),
      );
    }),
    { dispose: () => resting.forEach((timer) => void clearTimeout(timer)) },
  );
}
