import { type ExtensionContext, Uri } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { clientOptions, start } from './activate';
import { sendProjectFiles } from './projectFiles';

export function activate(context: ExtensionContext): Promise<void> {
  const bundles = Uri.joinPath(context.extensionUri, 'dist').toString(true);
  let worker: Worker | undefined;
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  // The client checks for the Worker class, but the class that extensions see is not that of the workers it creates.
  const startWorker = async (): Promise<MessageTransports> => {
    // A stopped server leaves its worker running.
    worker?.terminate();
    worker = new Worker(`${bundles}/server.web.js`);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  const client = new LanguageClient(
    'dockerfileOptimizer',
    'Dockerfile Optimizer',
    startWorker,
    clientOptions(context, { bundleFolder: bundles }),
  );
  context.subscriptions.push(...sendProjectFiles(client));
  return start(context, client);
}
