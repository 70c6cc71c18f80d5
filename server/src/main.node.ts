import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createAnalyzer } from './analyzer';
import { now } from './host/clock.node';
import { nodeHost } from './host/host.node';
import { readTexts } from './host/readTexts.node';
import { startServer } from './lsp/server';

const connection = createConnection(ProposedFeatures.all);
process.on('unhandledRejection', (reason) => connection.console.error(`Unhandled rejection: ${String(reason)}`));
startServer(connection, nodeHost, ({ language }) => createAnalyzer({ now, language, readTexts }));
