import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createAnalyzer } from './analyzer';
import { browserHost } from './host/host.browser';
import { startServer } from './lsp/server';

const scope = self as unknown as DedicatedWorkerGlobalScope;
startServer(
  createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)),
  browserHost,
  createAnalyzer(() => new Date()),
);
