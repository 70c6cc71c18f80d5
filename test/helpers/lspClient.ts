import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { SERVER } from './builtPrograms';

export interface ClientOptions {
  /** Added to a plain client that pulls diagnostics; `undefined` removes a capability. */
  readonly capabilities?: Record<string, unknown>;
  /** The client's answer to workspace/configuration; undefined: it does not support the request. */
  readonly settings?: () => unknown;
  readonly initializationOptions?: unknown;
  /** The open folder. */
  readonly rootUri?: string;
  /** The user's locale; undefined: the client sends none. */
  readonly locale?: string;
  /** Records every program that the server starts and every socket that it opens. */
  readonly observed?: boolean;
}

export interface OpenDocument {
  readonly uri: string;
  text(): string;
  diagnostics(): Promise<Diagnostic[]>;
  /** The rules of the diagnostics, in order. */
  rules(): Promise<string[]>;
  /** Inserts text at an offset, or replaces `length` characters there. */
  edit(offset: number, length: number, text: string): Promise<void>;
  /** Code actions for the marked text, or for the whole document. */
  actions(marked?: string, only?: string[]): Promise<CodeAction[]>;
  /** The text after applying the action. */
  apply(action: CodeAction): string;
  hover(marked: string): Promise<Hover | null>;
  close(): Promise<void>;
}

export interface LspClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly shown: string[];
  /** What the observer recorded, if there is one. */
  readonly seen: readonly string[];
  /** Published diagnostics, the newest for each document. */
  readonly published: Map<string, PublishDiagnosticsParams>;
  open(text: string, options?: { uri?: string; languageId?: string }): Promise<OpenDocument>;
  stop(): Promise<void>;
}

/** A language client that talks to the bundled server over stdio, like any editor. */
export async function createClient(options: ClientOptions = {}): Promise<LspClient> {
  const observer = options.observed ? ['--require', join(import.meta.dirname, 'observe.cjs')] : [];
  const child: ChildProcess = spawn(process.execPath, [...observer, SERVER, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit', ...(options.observed ? (['ipc'] as const) : [])],
  });
  const seen: string[] = [];
  child.on('message', (what) => void seen.push(String(what)));
  if (!child.stdout || !child.stdin) throw new Error('no pipes');
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const shown: string[] = [];
  const published = new Map<string, PublishDiagnosticsParams>();
  connection.onNotification('window/showMessage', ({ message }) => void shown.push(message));
  connection.onNotification('textDocument/publishDiagnostics', (params) => void published.set(params.uri, params));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => options.settings?.() ?? null));
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: options.rootUri ?? null,
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    initializationOptions: options.initializationOptions,
    capabilities: {
      textDocument: { diagnostic: {} },
      workspace: { configuration: options.settings !== undefined, workspaceEdit: { documentChanges: true } },
      ...options.capabilities,
    },
  });
  await connection.sendNotification('initialized', {});
  let counter = 0;
  return {
    connection,
    initialized,
    shown,
    seen,
    published,
    open: async (text, { uri = `untitled:Dockerfile${counter++}`, languageId = 'dockerfile' } = {}) => {
      const document = TextDocument.create(uri, languageId, 1, text);
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      });
      return openDocument(connection, document);
    },
    stop: async () => {
      // Some tests have already shut it down: a second shutdown is an error.
      await connection.sendRequest('shutdown').catch(() => undefined);
      await connection.sendNotification('exit');
      connection.dispose();
      if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
    },
  };
}

function openDocument(connection: ProtocolConnection, document: TextDocument): OpenDocument {
  const { uri } = document;
  const textDocument = { uri };
  const rangeOf = (marked: string | undefined) => {
    const start = marked === undefined ? 0 : document.getText().indexOf(marked);
    if (start < 0) throw new Error(`no ${marked} in the document`);
    const end = marked === undefined ? document.getText().length : start + marked.length;
    return { start: document.positionAt(start), end: document.positionAt(end) };
  };
  const diagnostics = async () =>
    (await connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument })).items;
  return {
    uri,
    text: () => document.getText(),
    diagnostics,
    rules: async () => (await diagnostics()).map(({ code }) => String(code)),
    edit: async (offset, length, text) => {
      const range = { start: document.positionAt(offset), end: document.positionAt(offset + length) };
      const version = document.version + 1;
      TextDocument.update(document, [{ range, text }], version);
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ range, text }],
      });
    },
    actions: (marked, only) =>
      connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument,
        range: rangeOf(marked),
        context: { diagnostics: [], ...(only ? { only } : {}) },
      }),
    apply: ({ edit }) => {
      const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
      return TextDocument.applyEdits(document, (change?.edits ?? edit?.changes?.[uri] ?? []) as TextEdit[]);
    },
    hover: (marked) => connection.sendRequest('textDocument/hover', { textDocument, position: rangeOf(marked).start }),
    close: () => connection.sendNotification('textDocument/didClose', { textDocument }),
  };
}
