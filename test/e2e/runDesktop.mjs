import { join } from 'node:path';
import { capture } from '../../scripts/process.mjs';
import { temporaryFolder } from '../../scripts/temporaryFolder.mjs';
import { buildSuite, makeSmallestExtension, makeWorkspace } from './buildSuite.mjs';

/** Runs the suite in a desktop VS Code, the VSIX installed, in folders of its own; gives its lines and its exit code. */
export async function runInDesktop({ vsix, executable }) {
  const { resolveCliArgsFromVSCodeExecutablePath, runTests } = await import('@vscode/test-electron');
  const data = temporaryFolder('desktop');
  const folders = [`--user-data-dir=${join(data, 'user')}`, `--extensions-dir=${join(data, 'extensions')}`];
  const [cli] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  const isWindows = process.platform === 'win32';
  capture(isWindows ? `"${cli}"` : cli, [...folders, '--install-extension', vsix], { shell: isWindows });

  let output = '';
  const { write } = process.stdout;
  // VS Code's output passes through here on its way to the terminal: it is kept for those who count.
  process.stdout.write = (chunk) => {
    output += chunk;
    return true;
  };
  try {
    const code = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: makeSmallestExtension(),
      extensionTestsPath: await buildSuite(),
      launchArgs: [makeWorkspace(), '--locale=en', ...folders],
    });
    return { code, lines: output.split('\n') };
  } catch (error) {
    return { code: error.code ?? error.message, lines: output.split('\n') };
  } finally {
    process.stdout.write = write;
  }
}
