/** Installs the npm package from its tarball, without a network, and runs what it brings. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { start } from '../../scripts/process.mjs';
import { temporaryFolder } from '../../scripts/temporaryFolder.mjs';

const TEXT = 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n';
const isWindows = process.platform === 'win32';
const TIME_LIMIT_MS = 60_000;

/** @returns {Promise<{name: string, holds: boolean, detail: string}[]>} */
export async function installAndRun({ tarball, version }) {
  const folder = temporaryFolder('npm');
  const npm = (command, ...args) =>
    spawnSync(command, args, { cwd: folder, encoding: 'utf8', timeout: TIME_LIMIT_MS, shell: isWindows });
  const checks = [];
  const check = (name, holds, detail) => checks.push({ name, holds, detail });

  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  const flags = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  const installed = npm('npm', 'install', ...flags, tarball);
  check('installs without a network', installed.status === 0, installed.stderr);
  if (installed.status !== 0) return checks;
  const packages = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  check('brings no other package', packages.join() === 'dockerfile-optimizer', packages.join());
  const own = join(folder, 'node_modules/dockerfile-optimizer');
  const texts = ['README.md', 'LICENSE', 'CHANGELOG.md', 'schemas/config.schema.json'];
  const missing = texts.filter((name) => !existsSync(join(own, name)));
  check('has its texts', missing.length === 0, missing.join());
  const manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));
  check(
    'is of our version and publishable',
    manifest.version === version && !manifest.private,
    JSON.stringify(manifest),
  );

  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app/Dockerfile'), TEXT);
  const linted = npm('npx', '--offline', 'dockerfile-optimizer', 'lint', '--format', 'json', 'app');
  check('lints', linted.status === 1 && rulesOf(linted.stdout).includes('no-sudo'), linted.stdout + linted.stderr);
  const japanese = npm('npx', '--offline', 'dockerfile-optimizer', 'lint', '--lang', 'ja', 'app');
  check('speaks Japanese', /[ぁ-ん]/.test(japanese.stdout), japanese.stdout + japanese.stderr);
  const found = await findOverStdio(join(folder, 'node_modules/.bin/dockerfile-optimizer-language-server'));
  check('the language server answers over stdio', found.includes('no-sudo'), found);
  const answered = await findOverMcp(join(own, 'dist/cli.js'));
  check('serves agents', answered.includes('no-sudo'), answered);
  return checks;
}

function rulesOf(json) {
  try {
    return JSON.parse(json).files.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  } catch {
    return [];
  }
}

/** What an agent is answered, or what went wrong. */
async function findOverMcp(program) {
  const client = new Client({ name: 'test', version: '1' });
  try {
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [program, 'mcp'] }));
    return JSON.stringify(await client.callTool({ name: 'lint_dockerfile', arguments: { text: TEXT } }));
  } catch (error) {
    return String(error);
  } finally {
    await client.close();
  }
}

/** Rules of what the server finds, or what went wrong. */
async function findOverStdio(program) {
  const { child, ended, stop } = start(isWindows ? `${program}.cmd` : program, ['--stdio'], { shell: isWindows });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const uri = 'untitled:Dockerfile';
  const ask = async () => {
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    await connection.sendNotification('initialized', {});
    const textDocument = { uri, languageId: 'dockerfile', version: 1, text: TEXT };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    const { items } = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    return items.map(({ code }) => code).join();
  };
  try {
    return await Promise.race([ask(), ended.then((code) => `it ended with ${code}`)]);
  } catch (error) {
    return String(error);
  } finally {
    connection.dispose();
    await stop();
  }
}
