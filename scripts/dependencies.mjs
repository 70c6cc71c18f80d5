/** Installs the packages of package-lock.json if they are missing. Uses only Node.js and npm. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './process.mjs';

export const root = resolve(import.meta.dirname, '..');

export function installDependencies() {
  if (isUpToDate()) return;
  console.log('Installing dependencies …');
  // Not `npm ci`: it refuses a lock file made where the registry lacks the binaries of other platforms. `--no-save`
  // installs the locked versions and does not change the lock file. No install scripts: binaries come in their own
  // packages.
  const flags = ['--include=dev', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = run('npm', ['install', ...flags], { cwd: root, shell: process.platform === 'win32' });
  if (code !== 0) throw new Error('npm install failed: is the npm registry reached?');
}

/** npm records in node_modules what it has installed. */
function isUpToDate() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || present[path]?.version === version,
  );
}
