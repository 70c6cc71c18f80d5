/** Demonstrates the extension: the report on examples/calculator in the terminal, then VS Code with examples/. */
import { join } from 'node:path';
import { installDependencies, root } from './dependencies.mjs';
import { isInstalled, run } from './process.mjs';
import { hasDisplay } from './vscode/desktop.mjs';

const examples = join(root, 'examples');

try {
  installDependencies();
  if (run('node', [join(root, 'scripts/build.mjs')]) !== 0) process.exit(1);
  console.log('\nWhat it says of examples/calculator:\n');
  run('node', ['dist/cli.js', 'lint', 'examples/calculator'], { cwd: root });
  if (hasDisplay() && isInstalled('code')) openDesktop();
  else await openServer();
} catch (error) {
  console.error(`npm start: ${error.message}`);
  process.exit(1);
}

function openDesktop() {
  console.log('\nOpening VS Code on examples/ …');
  run('code', ['--new-window', `--extensionDevelopmentPath=${root}`, examples], {
    shell: process.platform === 'win32',
  });
}

async function openServer() {
  const { installCodeServer, startCodeServer } = await import('./vscode/codeServer.mjs');
  const { packageExtension } = await import('./package.mjs');
  console.log('\nNo desktop VS Code here: using code-server.');
  const problem = installCodeServer();
  if (problem) throw new Error(problem);
  const { file } = packageExtension();
  const server = await startCodeServer({ vsix: file, folder: examples, port: 8080 });
  console.log(`\nOpen ${server.url}/?folder=${encodeURIComponent(examples)} in a browser. Ctrl+C ends it.`);
  // From here on, Ctrl+C is the expected way to end.
  process.exitCode = 0;
  await server.ended;
}
