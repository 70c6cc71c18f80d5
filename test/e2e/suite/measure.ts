import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { CURL_LAYERS } from '../../images/curlLayers';
import { newDockerArchive } from '../../images/tarBytes';
import { eventually, findings, openDockerfile, workspaceUri } from './editor';

const TEXT = `FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10+deb12u12
RUN rm /usr/bin/curl
USER 1000
`;
const IMAGE = newDockerArchive({
  history: [
    { created_by: 'ADD rootfs.tar / # buildkit' },
    ...TEXT.split('\n')
      .slice(1, 3)
      .map((line) => ({ created_by: `RUN /bin/sh -c ${line.slice(4)} # buildkit` })),
    { created_by: 'USER 1000', empty_layer: true },
  ],
  layers: CURL_LAYERS,
});

/** A program that acts like Docker. */
function fakeEngine(): { readonly path: string; calls(): string[] } {
  const folder = workspaceUri('.').fsPath;
  const [path, image, log] = ['docker', 'image.tar', 'calls'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(image, IMAGE);
  writeFileSync(log, '');
  const cases = `build) echo built >&2;;\nsave) cat '${image}';;\nversion) echo 28;;`;
  writeFileSync(path, `#!/bin/sh\necho "$@" >>'${log}'\ncase "$1" in\n${cases}\nesac\n`);
  chmodSync(path, 0o755);
  return { path, calls: () => readFileSync(log, 'utf8').trim().split('\n') };
}

async function hintsOf({ uri }: vscode.TextDocument): Promise<string[]> {
  const range = new vscode.Range(0, 0, 9, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', uri, range);
  return found.map(({ position, label }) => `${position.line}: ${label}`);
}

const reportTab = () =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview);

export function defineMeasureTests(): void {
  describe('Build and Measure', () => {
    const settings = () => vscode.workspace.getConfiguration('dockerfileOptimizer.engine');
    afterEach(async () => {
      await settings().update('path', undefined, vscode.ConfigurationTarget.Workspace);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('shows figures at the lines, what is wasted, and a view', async () => {
      const engine = fakeEngine();
      await settings().update('path', engine.path, vscode.ConfigurationTarget.Workspace);
      const document = await openDockerfile(TEXT);
      await findings(document, () => true);
      await vscode.commands.executeCommand('dockerfileOptimizer.measure');
      const tab = await eventually('the view', reportTab);
      ok(/Measured|case/.test(tab.label), tab.label);
      const hints = await eventually('figures', async () => {
        const found = await hintsOf(document);
        return found.some((hint) => hint.includes('wasted')) ? found : undefined;
      });
      deepStrictEqual(hints.sort(), ['0: 2.0 MB', '1: +2.7 MB, 1.2 MB wasted', '2: +0 B']);
      await findings(document, (rules) => rules.filter((rule) => rule === 'wasted-bytes').length === 2);
      const build = engine.calls().find((call) => call.startsWith('build'));
      const tag = /--tag (\S+)/.exec(build ?? '')?.[1];
      strictEqual(engine.calls().at(-1), `rmi --force ${tag}`);
    });
  });
}
