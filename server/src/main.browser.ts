import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createAnalyzer } from './analyzer';
import { loadPatterns, provideTables, readFilesFrom, readTexts } from './host/bundleFiles.browser';
import { createBrowserHost } from './host/host.browser';
import { lifecycle } from './lsp/lifecycle';
import { startServer } from './lsp/server';

provideTables();
const scope = self as unknown as DedicatedWorkerGlobalScope;
startServer(
  createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope), { messageStrategy: lifecycle() }),
  createBrowserHost(),
  ({ language, bundleFolder }) => {
    if (bundleFolder !== undefined) readFilesFrom(bundleFolder);
    return createAnalyzer({ now: () => new Date(), language, readTexts, loadPatterns });
  },
);
