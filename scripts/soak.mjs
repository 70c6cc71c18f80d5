/**
 * Runs a language server as in hours of editing: `npm run soak` opens, edits and closes 200 documents in 10,000 random
 * steps over stdio, with requests and cancellations in flight. Then it checks whether memory grew, an answer belonged
 * to another version, or an error went unnoticed. `--steps 500` is a short run.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import {
  CancellationTokenSource,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { makeDockerfile } from '../bench/dockerfiles.mjs';
import { createRandom } from '../test/helpers/random.mjs';

const root = resolve(import.meta.dirname, '..');
const DOCUMENTS = 200;
const IN_FLIGHT = 8;
const QUIET_MS = 200;
/**
 * Growth of the heap after forced collections, from the first to the last third: memory for open documents varies by
 * less.
 */
const MAX_GROWTH_BYTES = 6 * 1024 * 1024;
const PIECES = [
  '\n',
  'RUN apt-get update\n',
  'USER root\n',
  '$',
  '"',
  "'",
  ' \\\n',
  '<<EOF\n',
  'EOF\n',
  '#',
  'x',
  ' && ',
  'FROM a AS b\n',
  '日本',
];

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({ options: { steps: { type: 'string', default: '10000' } } });
  const result = await soak(Number(values.steps));
  console.log(JSON.stringify(result, undefined, 2));
  process.exit(result.problems.length > 0 ? 1 : 0);
}

export async function soak(steps, { documents = DOCUMENTS, seed = 1 } = {}) {
  const problems = [];
  const random = createRandom(seed);
  const server = startServer(problems);
  const { connection } = server;
  const open = new Map();
  const counts = { edits: 0, opens: 0, closes: 0, requests: 0, answers: 0, cancelled: 0 };
  const pending = new Set();
  const heaps = [];
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: { diagnostic: {}, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
      workspace: { workspaceEdit: { documentChanges: true } },
    },
  });
  await connection.sendNotification('initialized', {});

  const ask = (uri) => {
    const document = open.get(uri);
    const [method, params] = question(document, random);
    const source = new CancellationTokenSource();
    const asked = document.version;
    const textAtThatTime = document.getText();
    counts.requests++;
    const answer = connection
      .sendRequest(method, params, source.token)
      .then((result) => {
        counts.answers++;
        const problem = mismatch(method, result, asked, textAtThatTime, uri);
        if (problem) problems.push(`${method}: ${problem}`);
      })
      .catch((error) => {
        // Cancelled (-32800), or the content had changed meanwhile (-32801).
        if (error.code === -32800 || error.code === -32801) counts.cancelled++;
        else problems.push(`${method}: ${error.message}`);
      })
      .finally(() => pending.delete(answer));
    pending.add(answer);
    if (random(5) === 0) source.cancel();
  };
  const step = async () => {
    const uri = `untitled:soak/Dockerfile${random(documents)}`;
    const document = open.get(uri);
    if (!document) {
      const text = makeDockerfile(5 + random(120));
      open.set(uri, TextDocument.create(uri, 'dockerfile', 1, text));
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text },
      });
      counts.opens++;
    } else if (random(12) === 0) {
      open.delete(uri);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
      counts.closes++;
    } else {
      await edit(document);
      counts.edits++;
    }
    if (open.has(uri)) for (let count = random(3); count > 0; count--) ask(uri);
    if (pending.size > IN_FLIGHT) await Promise.race(pending);
  };
  const edit = async (document) => {
    const length = document.getText().length;
    const at = random(length + 1);
    const range = {
      start: document.positionAt(at),
      end: document.positionAt(Math.min(length, at + (random(3) === 0 ? random(40) : 0))),
    };
    const text = length > 8000 ? '' : PIECES[random(PIECES.length)];
    const version = document.version + 1;
    TextDocument.update(document, [{ range, text }], version);
    const textDocument = { uri: document.uri, version };
    await connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ range, text }] });
  };

  const start = performance.now();
  const probes = 12;
  for (let probe = 0; probe < probes; probe++) {
    for (let count = 0; count < steps / probes && server.isAlive(); count++) await step();
    await Promise.all(pending);
    heaps.push(await server.memory());
  }
  const seconds = (performance.now() - start) / 1000;
  const third = probes / 3;
  // The first third fills intended caches: parsed scripts, loaded data.
  const [early, late] = [heaps.slice(third, 2 * third), heaps.slice(2 * third)].map((list) =>
    mean(list.map(({ heap }) => heap)),
  );
  if (late - early > MAX_GROWTH_BYTES) problems.push(`the heap grew from ${megabytes(early)} to ${megabytes(late)} MB`);
  for (const uri of open.keys()) await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  const closed = await server.memory();
  if (!server.isAlive()) problems.push('the server has ended');
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
  return {
    steps,
    seconds: Math.round(seconds),
    ...counts,
    heapMegabytes: heaps.map(({ heap }) => megabytes(heap)),
    rssMegabytes: heaps.map(({ rss }) => megabytes(rss)),
    heapMegabytesClosed: megabytes(closed.heap),
    problems: [...new Set(problems)],
  };
}

/** Starts the server with a hook for memory: a message makes it collect garbage and report. */
function startServer(problems) {
  const outfile = join(root, '.cache/soak/server.cjs');
  buildSync({
    entryPoints: [join(root, 'server/src/main.node.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  const door = join(root, 'scripts/soakDoor.cjs');
  const child = spawn(process.execPath, ['--expose-gc', '--require', door, outfile, '--stdio'], {
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  child.stderr.setEncoding('utf8').on('data', (text) => problems.push(`standard error: ${text.slice(0, 500)}`));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onNotification('window/logMessage', ({ type, message }) => {
    // 1 is an error: a handler threw, or a rejection was not handled.
    if (type === 1) problems.push(`log: ${message.slice(0, 500)}`);
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.listen();
  return {
    connection,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    memory: async () => {
      await new Promise((done) => setTimeout(done, QUIET_MS));
      const told = new Promise((done) => child.once('message', done));
      child.send('memory');
      return told;
    },
  };
}

function question(document, random) {
  const textDocument = { uri: document.uri };
  const position = document.positionAt(random(document.getText().length + 1));
  const range = { start: { line: 0, character: 0 }, end: position };
  const questions = [
    ['textDocument/diagnostic', { textDocument }],
    ['textDocument/diagnostic', { textDocument }],
    ['textDocument/hover', { textDocument, position }],
    ['textDocument/completion', { textDocument, position }],
    ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }],
    ['textDocument/codeLens', { textDocument }],
    ['textDocument/inlayHint', { textDocument, range }],
    ['textDocument/semanticTokens/full', { textDocument }],
    ['textDocument/rename', { textDocument, position, newName: 'renamed' }],
    ['textDocument/definition', { textDocument, position }],
    ['textDocument/documentSymbol', { textDocument }],
    ['textDocument/foldingRange', { textDocument }],
    ['textDocument/formatting', { textDocument, options: { tabSize: 4, insertSpaces: true } }],
    ['dockerfile/optimize', { uri: document.uri }],
  ];
  return questions[random(questions.length)];
}

/** Signs that an answer belongs to another text than the request. */
function mismatch(method, result, version, text, uri) {
  if (method === 'dockerfile/optimize') {
    if (!result) return undefined;
    if (result.version !== version) return `for version ${result.version} in place of ${version}`;
    return result.before === text ? undefined : 'for another text of the same version';
  }
  const document = TextDocument.create(uri, 'dockerfile', version, text);
  if (method === 'textDocument/diagnostic') {
    for (const { range } of result?.items ?? []) {
      if (document.offsetAt(range.end) > text.length || range.end.line >= document.lineCount)
        return 'a range outside of the text';
    }
  }
  for (const { edit } of method === 'textDocument/codeAction' ? (result ?? []) : []) {
    for (const { textDocument } of edit?.documentChanges ?? [])
      if (textDocument?.version !== version) return `edits for version ${textDocument?.version} in place of ${version}`;
  }
  return undefined;
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function megabytes(bytes) {
  return Math.round(bytes / 1024 / 102.4) / 10;
}
