import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { clientOptions, start } from './activate';

export function activate(context: ExtensionContext): Promise<void> {
  const worker = new Worker(Uri.joinPath(context.extensionUri, 'dist/server.web.js').toString(true));
  return start(context, new LanguageClient('dockerfileOptimizer', 'Dockerfile Optimizer', worker, clientOptions));
}
