import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createAnalyzer } from './analyzer';
import { createBrowserHost } from './host/host.browser';
import { readTexts, readTextsFrom } from './host/readTexts.browser';
import { lifecycle } from './lsp/lifecycle';
import { startServer } from './lsp/server';

const scope = self as unknown as DedicatedWorkerGlobalScope;
startServer(
  createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope), { messageStrategy: lifecycle() }),
  createBrowserHost(),
  ({ language, bundleFolder }) => {
    if (bundleFolder !== undefined) readTextsFrom(bundleFolder);
    return createAnalyzer({ now: () => new Date(), language, readTexts });
  },
);
