/** Runs other versions of Node.js, from the npm packages with its binaries: `npm test -- --node 22`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './dependencies.mjs';
import { run } from './process.mjs';

/** For each supported version, the newest that is available for most systems. */
const VERSIONS = { 20: '20.20.2', 22: '22.22.2', 24: '24.11.1' };
const isWindows = process.platform === 'win32';

/** Runs a script with another Node.js, which its child processes also find first on PATH; returns the exit code. */
export function runWithNode(wanted, args) {
  const { program, problem } = install(wanted);
  if (!program) {
    console.error(problem);
    return 2;
  }
  const path = `${dirname(program)}${delimiter}${process.env.PATH}`;
  return run(program, args, { cwd: root, env: { ...process.env, PATH: path } });
}

function install(wanted) {
  const version = VERSIONS[wanted];
  if (!version) return { problem: `--node takes ${Object.keys(VERSIONS).join(', ')}` };
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  const folder = join(root, '.cache/node', version);
  const program = join(folder, 'node_modules', name, isWindows ? 'bin/node.exe' : 'bin/node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    // Otherwise npm would install into the nearest parent folder with a package.json.
    writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`];
    const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: isWindows });
    if (status !== 0) return { problem: `Node.js ${version} cannot be installed: ${stderr.trim().split('\n').at(-1)}` };
  }
  return { program };
}
