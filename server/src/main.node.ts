import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createAnalyzer } from './analyzer';
import { version } from './cli/version';
import { nodeHost } from './host/host.node';
import { loadPatterns, readTexts } from './host/readTexts.node';
import { openStore } from './host/store.node';
import { lifecycle } from './lsp/lifecycle';
import { startServer } from './lsp/server';
import { now } from './system/clock';

const USAGE = `Usage: dockerfile-optimizer-language-server --stdio

A language server for Dockerfiles, started by an editor.

  --stdio  --socket=<port>  --pipe=<name>  --node-ipc   how the editor speaks with it
  --version  --help
`;

function main(argv: readonly string[]): void {
  if (argv.includes('--version')) process.stdout.write(`${version}\n`);
  else if (argv.includes('--help')) process.stdout.write(USAGE);
  else if (argv.some((word) => /^--(?:stdio|socket|pipe|node-ipc)\b/.test(word))) serve();
  else {
    process.stderr.write(USAGE);
    process.exitCode = 2;
  }
}

function serve(): void {
  const connection = createConnection(ProposedFeatures.all, { messageStrategy: lifecycle() });
  process.on('unhandledRejection', (reason) => connection.console.error(`Unhandled rejection: ${String(reason)}`));
  startServer(connection, { ...nodeHost, openStore }, ({ language }) =>
    createAnalyzer({ now, language, readTexts, loadPatterns }),
  );
}

main(process.argv.slice(2));
