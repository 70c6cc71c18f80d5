/** Runs our hooks as users do: pre-commit installs them from this repository, in a checkout that is hostile. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/dependencies.mjs';
import { temporaryFolder } from '../../scripts/temporaryFolder.mjs';
import { hostileFiles, wasPwned } from '../helpers/hostileCheckout.mjs';

const VERSION = '4.7.0';
const TIME_LIMIT_MS = 10 * 60_000;
const isWindows = process.platform === 'win32';

/** @returns {Promise<{checks?: {name: string, holds: boolean, detail: string}[], problem?: string}>} */
export async function tryRepo() {
  if (!existsSync(join(root, '.git'))) return { problem: 'these sources are no git repository' };
  const { program, problem } = installPreCommit();
  if (!program) return { problem };
  const checkout = temporaryFolder('checkout');
  const { files, programs } = hostileFiles();
  for (const [name, text] of Object.entries(files)) {
    // Windows has no such names; what is tried with them is the runner's log.
    if (name.includes('::') || name === '.dockerfile-optimizer.yaml') continue;
    mkdirSync(dirname(join(checkout, name)), { recursive: true });
    writeFileSync(join(checkout, name), text);
  }
  for (const name of programs) chmodSync(join(checkout, name), 0o755);
  const env = {
    ...process.env,
    PRE_COMMIT_HOME: temporaryFolder('pre-commit'),
    PRE_COMMIT_COLOR: 'never',
    LC_ALL: 'C',
  };
  const inCheckout = (command, ...args) =>
    spawnSync(command, args, { cwd: checkout, env, encoding: 'utf8', timeout: TIME_LIMIT_MS });
  inCheckout('git', 'init', '--quiet');
  inCheckout('git', 'add', 'Dockerfile');
  const { stdout, stderr } = inCheckout(program, 'try-repo', root, '--verbose', '--files', 'Dockerfile');
  const said = `${stdout}${stderr}`;
  const fixed = readFileSync(join(checkout, 'Dockerfile'), 'utf8');
  return {
    checks: [
      { name: 'lints', holds: /hook id: dockerfile-optimizer\n[\s\S]*\[no-sudo\]/.test(said), detail: said },
      { name: 'fixes', holds: /hook id: dockerfile-optimizer-fix\n/.test(said) && !/sudo/.test(fixed), detail: said },
      { name: 'runs nothing of the checkout', holds: !wasPwned(checkout), detail: said },
    ],
  };
}

/** Into a folder of our own, once. */
function installPreCommit() {
  const folder = join(root, '.cache/pre-commit', VERSION);
  const program = (name) => join(folder, isWindows ? `Scripts/${name}.exe` : `bin/${name}`);
  if (existsSync(program('pre-commit'))) return { program: program('pre-commit') };
  const python = isWindows ? 'python' : 'python3';
  const steps = [
    [python, '-m', 'venv', folder],
    [program('python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `pre-commit==${VERSION}`],
  ];
  for (const [command, ...args] of steps) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: TIME_LIMIT_MS });
    if (status !== 0) {
      const reason = error?.message ?? stderr.trim().split('\n').at(-1);
      return { problem: `pre-commit cannot be installed: ${reason}` };
    }
  }
  return { program: program('pre-commit') };
}
