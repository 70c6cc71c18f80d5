import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import packageJson from '../../package.json';
import { SERVER } from '../helpers/builtPrograms';
import { folderOf } from '../helpers/cliProcess';
import { type ClientOptions, createClient } from '../helpers/lspClient';

const SUDO = 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n';
const NODE = 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n';
const NODE_FILES = { 'package.json': '{}', 'package-lock.json': '{"lockfileVersion": 3}', '.git/HEAD': 'x' };

/** What editors without our extension can do, from hardly anything to all of it. */
const MINIMAL = { textDocument: {}, workspace: {} };
const WITH_EDITS = { textDocument: {}, workspace: { applyEdit: true } };
const WITH_FILES = {
  textDocument: {},
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  window: { showDocument: { support: true } },
};

async function connect(options: ClientOptions) {
  const client = await createClient(options);
  onTestFinished(client.stop);
  const edits: WorkspaceEdit[] = [];
  const pages: string[] = [];
  const answer = { isApplied: true };
  client.connection.onRequest('workspace/applyEdit', ({ edit }) => {
    edits.push(edit);
    return { applied: answer.isApplied, ...(answer.isApplied ? {} : { failureReason: 'read-only' }) };
  });
  client.connection.onRequest('window/showDocument', ({ uri }) => {
    pages.push(uri);
    return { success: true };
  });
  const run = (command: string, ...args: unknown[]) =>
    client.connection.sendRequest('workspace/executeCommand', { command, arguments: args });
  return { ...client, edits, pages, run, answer };
}

describe('an editor without our extension', () => {
  it('that can do nothing is offered nothing that it could not run', async () => {
    const { open, initialized, connection } = await connect({ capabilities: MINIMAL });
    expect(initialized.capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      executeCommandProvider: { commands: [] },
    });
    const document = await open(SUDO);
    const actions = await document.actions();
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter(({ command }) => command)).toEqual([]);
    const lenses = await connection.sendRequest('textDocument/codeLens', { textDocument: { uri: document.uri } });
    expect(lenses).toEqual([]);
  });

  it('gets its findings pushed, and nothing that only our extension reads', async () => {
    const { open, connection, published } = await connect({ capabilities: MINIMAL });
    const unknown: string[] = [];
    connection.onUnhandledNotification(({ method }) => void unknown.push(method));
    const arrived = new Promise<void>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', (params) => {
        published.set(params.uri, params);
        resolve();
      });
    });
    const { uri } = await open(SUDO);
    await arrived;
    expect(published.get(uri)?.diagnostics.map(({ code }) => code)).toEqual(['no-sudo']);
    expect(unknown).toEqual([]);
  });

  it('has Optimize Dockerfile as an action whose command the server runs', async () => {
    const { open, run, edits, shown, initialized } = await connect({ capabilities: WITH_EDITS });
    const document = await open(SUDO);
    const [action] = await document.actions('FROM', ['refactor.rewrite']);
    expect(action?.title).toBe('Optimize Dockerfile…');
    const { command = '', arguments: args = [] } = action?.command ?? {};
    expect(initialized.capabilities.executeCommandProvider?.commands).toContain(command);
    await run(command, ...args);
    const text = document.apply({ title: '', edit: edits[0] ?? {} });
    expect(text).not.toBe(SUDO);
    expect(text).not.toContain('sudo');
    expect(shown.join()).toMatch(/^Dockerfile optimized; steps: [1-9]/);
  });

  it('has files beside the Dockerfile made, where it can', async () => {
    const cwd = folderOf({ ...NODE_FILES, 'a b/x': '', Dockerfile: NODE });
    const { open, run, edits } = await connect({ capabilities: WITH_FILES });
    const { uri } = await open(NODE, { uri: pathToFileURL(join(cwd, 'Dockerfile')).href });
    await run('dockerfileOptimizer.optimize', uri);
    const ignore = uri.replace('Dockerfile', '.dockerignore');
    expect(edits[0]?.documentChanges).toMatchObject([
      { kind: 'create', uri: ignore },
      { textDocument: { uri: ignore, version: null } },
      { textDocument: { uri, version: 1 } },
    ]);
    expect(existsSync(join(cwd, '.dockerignore'))).toBe(false);
  });

  it('that cannot make files gets the plan without the steps that do', async () => {
    const cwd = folderOf({ ...NODE_FILES, Dockerfile: NODE });
    const { open, run, edits } = await connect({ capabilities: WITH_EDITS });
    const { uri } = await open(NODE, { uri: pathToFileURL(join(cwd, 'Dockerfile')).href });
    await run('dockerfileOptimizer.optimize', uri);
    expect(Object.keys(edits[0]?.changes ?? {})).toEqual([uri]);
  });

  it('is told why nothing has happened', async () => {
    const { open, run, shown, answer } = await connect({ capabilities: WITH_EDITS });
    await run('dockerfileOptimizer.optimize', 'file:///nowhere/Dockerfile');
    await run('dockerfileOptimizer.optimize');
    answer.isApplied = false;
    const { uri } = await open(SUDO);
    await run('dockerfileOptimizer.optimize', uri);
    const clean = await open('FROM scratch\n');
    await run('dockerfileOptimizer.optimize', clean.uri);
    expect(shown).toEqual([
      'This file is not open as a Dockerfile',
      'This file is not open as a Dockerfile',
      'Dockerfile not optimized: read-only',
      'Nothing to optimize',
    ]);
  });

  it('opens the page of a rule, and no other address', async () => {
    const { open, run, pages } = await connect({ capabilities: WITH_FILES });
    const document = await open(SUDO);
    const action = (await document.actions()).find(({ title }) => title.startsWith('Explain '));
    await run(action?.command?.command ?? '', ...(action?.command?.arguments ?? []));
    await run('dockerfileOptimizer.showRule', '../../../x');
    expect(pages).toHaveLength(1);
    expect(pages[0]).toMatch(/^https:.*\/docs\/rules\/no-sudo\.md$/);
  });

  it('keeps the settings of its start when it has no others to answer with', async () => {
    const initializationOptions = { rules: { 'no-sudo': 'off' } };
    for (const answer of [null, { optimize: { level: 'safe' } }]) {
      const { open, connection } = await connect({ initializationOptions, settings: () => answer });
      await connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
      expect(await (await open(SUDO)).rules()).toEqual([]);
    }
  });

  it('is understood when it sends whole texts and other positions than it was told', async () => {
    const { open, connection } = await connect({
      capabilities: { general: { positionEncodings: ['utf-8', 'utf-16'] }, textDocument: { diagnostic: {} } },
    });
    const document = await open('FROM scratch\n');
    const contentChanges = [{ text: 'FROM debian:12-slim\nRUN echo "あ😀" && sudo ls\nUSER 1000\n' }];
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: document.uri, version: 2 },
      contentChanges,
    });
    const [diagnostic] = await document.diagnostics();
    expect(diagnostic?.range.start).toEqual({ line: 1, character: 'RUN echo "あ😀" && '.length });
  });
});

describe('the program', () => {
  const start = (processId: number | null) => {
    const child = spawn(process.execPath, [SERVER, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const initialized = connection.sendRequest('initialize', { processId, rootUri: null, capabilities: {} });
    return { child, connection, ended, initialized };
  };

  it('ends with 0 after shutdown and exit', async () => {
    const { connection, ended, initialized } = start(null);
    await initialized;
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    expect(await ended).toBe(0);
  });

  it('ends with 1 on exit without shutdown', async () => {
    const { connection, ended, initialized } = start(null);
    await initialized;
    await connection.sendNotification('exit');
    expect(await ended).toBe(1);
  });

  it('ends when the editor closes its end', async () => {
    const { child, ended, initialized } = start(null);
    await initialized;
    child.stdin.end();
    expect(await ended).toBe(1);
  });

  // The server looks every three seconds.
  it('ends when the process of the editor is gone', async () => {
    const editor = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { ended, initialized } = start(editor.pid ?? null);
    await initialized;
    editor.kill('SIGKILL');
    expect(await ended).toBe(1);
  });

  it.each([
    [['--version'], 0, packageJson.version],
    [['--help'], 0, 'Usage: '],
    [[], 2, 'Usage: '],
    [['--std'], 2, 'Usage: '],
  ])('%j ends at once', (args, code, text) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SERVER, ...args], {
      encoding: 'utf8',
    });
    expect(status).toBe(code);
    expect(code === 0 ? stdout : stderr).toContain(text);
  });
});
