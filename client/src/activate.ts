import { commands, Disposable, type ExtensionContext } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { registerOptimize } from './commands/optimize';
import { registerShowRule } from './commands/showRule';
import { createStatusBar } from './statusBar';

/** A language client of either transport: both can be stopped and started again. */
export type Client = BaseLanguageClient;

export const clientOptions: LanguageClientOptions = {
  documentSelector: [{ language: 'dockerfile' }],
  diagnosticCollectionName: 'dockerfile-optimizer',
  diagnosticPullOptions: { onChange: true, onSave: true, onTabs: false },
  // Only a pointer is read here; the server asks for the settings themselves.
  synchronize: { configurationSection: 'dockerfileOptimizer' },
};

/** All that is the same on the desktop and in the browser. */
export async function start(context: ExtensionContext, client: Client): Promise<void> {
  context.subscriptions.push(
    client,
    registerOptimize(client),
    registerShowRule(client),
    createStatusBar(client),
    registerServerCommands(client),
  );
  await client.start();
}

function registerServerCommands(client: Client): Disposable {
  return Disposable.from(
    commands.registerCommand('dockerfileOptimizer.restartServer', async () => {
      await client.stop();
      await client.start();
    }),
    commands.registerCommand('dockerfileOptimizer.showOutput', () => client.outputChannel.show()),
  );
}
