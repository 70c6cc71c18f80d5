import type { ExtensionContext } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';
import { clientOptions, start } from './activate';
import { registerMcpServer } from './agents/mcpServer';
import { registerImages } from './reports/images';
import { endServer, takeServer } from './serverProcess';

export function activate(context: ExtensionContext): Promise<void> {
  const started = start(
    context,
    new LanguageClient('dockerfileOptimizer', 'Dockerfile Optimizer', async () => takeServer(), clientOptions(context)),
    registerImages,
  );
  context.subscriptions.push({ dispose: endServer }, ...registerMcpServer());
  return started;
}
