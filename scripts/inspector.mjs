/**
 * The command line of the MCP Inspector, from npm: the last release for Node 20. Installed once in .cache/inspector and
 * not with the other development packages, because its web server makes it 140 MB.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dependencies.mjs';

const VERSION = '0.15.0';
const TIME_LIMIT_MS = 120_000;

/** @returns {{program?: string}} */
export function findInspector() {
  const folder = join(root, '.cache/inspector', VERSION);
  const program = join(folder, 'node_modules/@modelcontextprotocol/inspector/cli/build/cli.js');
  if (existsSync(program)) return { program };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  spawnSync('npm', ['install', `@modelcontextprotocol/inspector@${VERSION}`, ...flags], {
    cwd: folder,
    stdio: 'ignore',
    timeout: TIME_LIMIT_MS,
    shell: process.platform === 'win32',
  });
  return existsSync(program) ? { program } : {};
}
