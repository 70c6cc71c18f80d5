import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { SERVER } from '../helpers/builtPrograms';
import { createClient } from '../helpers/lspClient';

const INITIALIZE = { processId: null, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } };
const HOVER = { textDocument: { uri: 'untitled:Dockerfile' }, position: { line: 0, character: 0 } };

/** A server that nobody has said anything to. */
function startServer() {
  const child = spawn(process.execPath, [SERVER, '--stdio']);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  onTestFinished(() => {
    connection.dispose();
    child.kill();
  });
  return { connection, ended };
}

describe('the order of messages', () => {
  it('answers no request before initialize, and goes on after it', async () => {
    const { connection, ended } = startServer();
    const notInitialized = { code: -32002, message: 'The server is not initialized' };
    await expect(connection.sendRequest('textDocument/hover', HOVER)).rejects.toMatchObject(notInitialized);
    await expect(connection.sendRequest('shutdown')).rejects.toMatchObject(notInitialized);
    await connection.sendNotification('textDocument/didOpen', {});
    await expect(connection.sendRequest('initialize', INITIALIZE)).resolves.toHaveProperty('capabilities');
    await expect(connection.sendRequest('textDocument/hover', HOVER)).resolves.toBeNull();
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    expect(await ended).toBe(0);
  });

  it('is initialized once', async () => {
    const client = await createClient();
    const document = await client.open('FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n');
    await expect(client.connection.sendRequest('initialize', INITIALIZE)).rejects.toMatchObject({ code: -32600 });
    expect(await document.rules()).toEqual(['no-sudo']);
    await client.stop();
  });

  it('answers nothing after shutdown but ends at exit', async () => {
    const { connection, ended } = startServer();
    await connection.sendRequest('initialize', INITIALIZE);
    await connection.sendRequest('shutdown');
    for (const method of ['shutdown', 'initialize', 'textDocument/hover', 'no/such/request'])
      await expect(connection.sendRequest(method, {})).rejects.toMatchObject({ code: -32600 });
    await connection.sendNotification('exit');
    expect(await ended).toBe(0);
  });

  it('ends with 1 at exit without shutdown', async () => {
    const { connection, ended } = startServer();
    await connection.sendNotification('exit');
    expect(await ended).toBe(1);
  });
});

describe('addresses of documents', () => {
  it.each([
    'file:///tmp/%zz/Dockerfile',
    'file://server/share/Dockerfile',
    'file:///tmp/a%2Fb/Dockerfile',
    'file:///tmp/a%00b/Dockerfile',
    'file:',
    'FILE:///tmp/Dockerfile',
    'file:///tmp/a b#c?d/Dockerfile',
    'vscode-vfs://github/a/b/Dockerfile',
    'no address',
    '',
  ])('%j has diagnostics and answers', async (uri) => {
    const client = await createClient({ capabilities: { textDocument: {} } });
    const document = await client.open('FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n', { uri });
    expect(await document.rules()).toEqual(['no-sudo']);
    expect(await document.actions('sudo')).not.toEqual([]);
    expect(await document.hover('sudo')).not.toBeNull();
    await client.connection.sendRequest('dockerfile/optimize', { uri });
    await document.close();
    await client.stop();
  });
});
