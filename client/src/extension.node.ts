import type { ExtensionContext } from 'vscode';
import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { clientOptions, start } from './activate';
import { registerImages } from './commands/images';

export function activate(context: ExtensionContext): Promise<void> {
  const server = { module: context.asAbsolutePath('dist/server.mjs'), transport: TransportKind.ipc };
  const options: ServerOptions = {
    run: server,
    debug: { ...server, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  return start(
    context,
    new LanguageClient('dockerfileOptimizer', 'Dockerfile Optimizer', options, clientOptions(context)),
    registerImages,
  );
}
