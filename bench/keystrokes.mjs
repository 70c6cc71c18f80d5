import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { memoryOf } from './memory.mjs';

const KEYS = 200;

/**
 * Types into a document and waits for the diagnostics after each key, pulled or pushed, depending on the server.
 * @returns milliseconds from the start of the process to the first diagnostics, and p50, p95 and maximum for the keys;
 * `idleBytes` is the memory of the process before the first key, undefined if the system does not report it.
 */
export async function keystrokes({ server, text, pulls }) {
  const started = performance.now();
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let arrived = () => {};
  connection.onNotification('textDocument/publishDiagnostics', () => arrived());
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => null));
  connection.listen();
  const textDocument = { uri: 'file:///bench/Dockerfile' };
  let previousResultId;
  const pull = async () => {
    ({ resultId: previousResultId } = await connection.sendRequest('textDocument/diagnostic', {
      textDocument,
      previousResultId,
    }));
  };
  const diagnostics = () => (pulls ? pull() : new Promise((resolve) => (arrived = resolve)));
  await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { textDocument: pulls ? { diagnostic: {} } : { publishDiagnostics: {} } },
  });
  await connection.sendNotification('initialized', {});
  const opened = pulls ? undefined : diagnostics();
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { ...textDocument, languageId: 'dockerfile', version: 1, text },
  });
  await (opened ?? diagnostics());
  const first = performance.now() - started;
  const idleBytes = memoryOf(child.pid, 'VmRSS');
  const before = text.slice(0, text.indexOf('curl -fsSL', text.length / 2));
  const line = before.split('\n').length - 1;
  const times = [];
  for (let key = 0; key < KEYS; key++) {
    const position = { line, character: before.length - before.lastIndexOf('\n') - 1 };
    const start = performance.now();
    const waiting = pulls ? undefined : diagnostics();
    connection.sendNotification('textDocument/didChange', {
      textDocument: { ...textDocument, version: key + 2 },
      contentChanges: [{ range: { start: position, end: position }, text: 'x' }],
    });
    await (waiting ?? diagnostics());
    times.push(performance.now() - start);
  }
  // Shut down as an editor does: only then V8's compiled code is kept for the next start.
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await once(child, 'exit');
  connection.dispose();
  times.sort((a, b) => a - b);
  return { first, idleBytes, p50: times[KEYS >> 1], p95: times[Math.floor(KEYS * 0.95)], max: times.at(-1) };
}
