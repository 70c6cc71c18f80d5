import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { clientOptions, start } from './activate';

export function activate(context: ExtensionContext): Promise<void> {
  const bundles = Uri.joinPath(context.extensionUri, 'dist').toString(true);
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  const startWorker = async (): Promise<Worker> => {
    // A stopped server leaves its worker running.
    worker?.terminate();
    worker = new Worker(`${bundles}/server.web.js`);
    return worker;
  };
  return start(
    context,
    new LanguageClient(
      'dockerfileOptimizer',
      'Dockerfile Optimizer',
      startWorker,
      clientOptions(context, { bundleFolder: bundles }),
    ),
  );
}
