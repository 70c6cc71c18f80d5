import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { buildSuite, makeEmptyExtension, makeWorkspace } from './buildSuite.mjs';

/** Runs the suite in a desktop VS Code with the VSIX installed. */
export async function runInDesktop({ vsix, executable }) {
  const { resolveCliArgsFromVSCodeExecutablePath, runTests } = await import('@vscode/test-electron');
  const [cli, ...cliArguments] = resolveCliArgsFromVSCodeExecutablePath(executable);
  spawnSync(cli, [...cliArguments, '--install-extension', vsix], { stdio: 'inherit' });
  const workspace = makeWorkspace();
  const lines = [];
  const write = process.stdout.write.bind(process.stdout);
  // The host prints the suite's lines; they are counted on the way through.
  process.stdout.write = (chunk, ...rest) => {
    lines.push(...String(chunk).split('\n'));
    return write(chunk, ...rest);
  };
  try {
    const code = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: makeEmptyExtension(),
      extensionTestsPath: await buildSuite(),
      launchArgs: [workspace, '--disable-workspace-trust'],
    });
    return { code, lines };
  } finally {
    process.stdout.write = write;
    rmSync(workspace, { recursive: true, force: true });
  }
}
