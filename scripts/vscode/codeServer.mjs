/**
 * VS Code as a server with a real extension host, from the npm package code-server: the desktop build is a separate
 * download that some machines cannot reach. Installed in .cache/code-server.
 */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { installDebianPackages } from '../debianPackages.mjs';
import { root } from '../dependencies.mjs';
import { capture, start } from '../process.mjs';
import { temporaryFolder } from '../temporaryFolder.mjs';
import { registerLanguage } from './displayLanguage.mjs';

/** The last release for Node 20: VS Code 1.100.3. */
const VERSION = '4.100.3';
const home = join(root, '.cache/code-server');
export const codeServerFolder = join(home, 'node_modules/code-server');
const marker = join(home, `ready-${VERSION}`);

/** Installs code-server once; returns the reason if that is not possible. */
export function installCodeServer() {
  const missing = installDebianPackages(['ripgrep', 'python3', 'make', 'g++']);
  if (missing) return missing;
  if (existsSync(marker)) return undefined;
  console.log('Setting up code-server, about a minute, once …');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{"private":true}\n');
  const vscode = join(codeServerFolder, 'lib/vscode');
  const npm = (folder, args, isOptional = false) => {
    try {
      capture('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder });
    } catch (error) {
      if (!isOptional) throw error;
    }
  };
  try {
    npm(home, ['install', `code-server@${VERSION}`, '--ignore-scripts']);
    npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
    npm(join(vscode, 'extensions'), ['install', '--ignore-scripts']);
    npm(vscode, ['rebuild', '@vscode/spdlog', '@parcel/watcher', 'native-watchdog']);
    npm(home, ['rebuild', 'argon2']);
    // Builds the terminal's module and then fails in a step that is not needed.
    npm(vscode, ['rebuild', 'node-pty'], true);
    const ripgrep = join(vscode, 'node_modules/@vscode/ripgrep/bin');
    mkdirSync(ripgrep, { recursive: true });
    replaceLink(capture('which', ['rg']).trim(), join(ripgrep, 'rg'));
    replaceLink('node_modules', join(vscode, 'node_modules.asar'));
  } catch (error) {
    return `code-server could not be set up: ${error.message}`;
  }
  writeFileSync(marker, '');
  return undefined;
}

function replaceLink(target, path) {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

const entry = join(codeServerFolder, 'out/node/entry.js');

/**
 * Starts code-server on loopback with its own folders and the given extension.
 * @param environment variables for its extensions, such as the address of an engine
 * @returns its address, and `stop`, which ends it
 */
export async function startCodeServer({
  vsix,
  folder,
  port = undefined,
  settings = {},
  language = 'en',
  environment = process.env,
}) {
  const data = temporaryFolder('vscode');
  const folders = ['--user-data-dir', join(data, 'user'), '--extensions-dir', join(data, 'extensions')];
  const env = { ...environment, XDG_CONFIG_HOME: join(data, 'config'), XDG_DATA_HOME: join(data, 'share') };
  delete env.VSCODE_IPC_HOOK_CLI;
  mkdirSync(join(data, 'user/User'), { recursive: true });
  writeFileSync(join(data, 'user/User/settings.json'), JSON.stringify({ ...QUIET, ...settings }, undefined, 2));
  if (vsix) capture('node', [entry, ...folders, '--install-extension', vsix], { env });
  if (language !== 'en') registerLanguage(join(data, 'user'), language);
  const chosen = await freePort(port);
  const args = [
    '--bind-addr',
    `127.0.0.1:${chosen}`,
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--locale',
    language,
  ];
  const server = start('node', [entry, ...args, '--disable-workspace-trust', ...folders, folder], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [server.child.stdout, server.child.stderr]) stream.on('data', (text) => (log += text));
  const url = `http://127.0.0.1:${chosen}`;
  if (!(await isUp(url, server.child))) {
    await server.stop();
    throw new Error(`code-server did not start:\n${log}`);
  }
  return { url, port: chosen, ended: server.ended, stop: server.stop };
}

/** Turns off everything that asks, advertises or phones home. */
const QUIET = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'chat.commandCenter.enabled': false,
};

/** The preferred port if it is free, else any. */
function freePort(wished) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (wished ? resolve(freePort(undefined)) : reject(error)));
    probe.listen(wished ?? 0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function isUp(url, child) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    try {
      const { status } = await fetch(url, { redirect: 'manual' });
      if (status < 500) return true;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}
