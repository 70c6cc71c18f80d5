import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type LspClient } from '../helpers/lspClient';

/** One over each limit; what a person asks of such a file is answered with nothing. */
const FILES: Readonly<Record<string, string>> = {
  'a large file': `FROM debian:12\n${'RUN true\n'.repeat(120_000)}`,
  'binary content': 'FROM debian:12\nRUN a\u0000b\n',
  'a long line': `FROM debian:12\nRUN echo ${'a '.repeat(33_000)}\n`,
  'a long instruction': `FROM debian:12\nRUN echo ${'a \\\n'.repeat(20_000)}b\n`,
  'many instructions': `FROM debian:12\n${'RUN sudo apt-get install -y curl\n'.repeat(1001)}`,
  'many stages': 'FROM debian:12\nRUN sudo ls\n'.repeat(251),
};
const START = { line: 0, character: 6 };
const RANGE = { start: { line: 0, character: 0 }, end: { line: 1, character: 3 } };
const AT = { position: START };
const FORMAT = { options: { tabSize: 2, insertSpaces: true } };

/** Of each capability the requests that come with it, and what they are asked with. */
const REQUESTS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  hoverProvider: { 'textDocument/hover': AT },
  completionProvider: { 'textDocument/completion': AT },
  definitionProvider: { 'textDocument/definition': AT },
  referencesProvider: { 'textDocument/references': { ...AT, context: { includeDeclaration: true } } },
  documentHighlightProvider: { 'textDocument/documentHighlight': AT },
  documentSymbolProvider: { 'textDocument/documentSymbol': {} },
  foldingRangeProvider: { 'textDocument/foldingRange': {} },
  selectionRangeProvider: { 'textDocument/selectionRange': { positions: [START] } },
  documentLinkProvider: { 'textDocument/documentLink': {} },
  renameProvider: { 'textDocument/prepareRename': AT, 'textDocument/rename': { ...AT, newName: 'x' } },
  signatureHelpProvider: { 'textDocument/signatureHelp': AT },
  documentFormattingProvider: { 'textDocument/formatting': FORMAT },
  documentRangeFormattingProvider: { 'textDocument/rangeFormatting': { ...FORMAT, range: RANGE } },
  documentOnTypeFormattingProvider: { 'textDocument/onTypeFormatting': { ...AT, ...FORMAT, ch: '\n' } },
  semanticTokensProvider: { 'textDocument/semanticTokens/full': {} },
  codeLensProvider: { 'textDocument/codeLens': {} },
  inlayHintProvider: { 'textDocument/inlayHint': { range: RANGE } },
  codeActionProvider: { 'textDocument/codeAction': { range: RANGE, context: { diagnostics: [] } } },
};
/** Those that say themselves why nothing is looked at, or are about no document's text. */
const OTHERS = ['positionEncoding', 'textDocumentSync', 'diagnosticProvider', 'executeCommandProvider'];
/** It is looked at, and smaller than those that are not. */
const WITHIN = `FROM debian:12\n${'RUN sudo apt-get install -y curl\n'.repeat(100)}`;

describe('documents over a limit', () => {
  let client: LspClient;
  /** What a text takes that is looked at. */
  let timeWithin = 0;
  /** The answers to all requests about an open document, and how long they took together. */
  async function answersOf(uri: string) {
    const requests = Object.values(REQUESTS).flatMap((all) => Object.entries(all));
    const before = performance.now();
    const answers = new Map<string, unknown>();
    for (const [method, params] of requests)
      answers.set(method, await client.connection.sendRequest(method, { textDocument: { uri }, ...params }));
    return { answers, took: performance.now() - before };
  }

  beforeAll(async () => {
    client = await createClient({
      settings: () => ({ inlayHints: 'all', languageFeatures: 'on' }),
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { applyEdit: true, configuration: true },
        window: { showDocument: { support: true } },
      },
    });
    // What is loaded at the first question is no time of the limits.
    const warm = await client.open('FROM debian:12-slim\n');
    await client.connection.sendRequest('textDocument/foldingRange', { textDocument: { uri: warm.uri } });
    const looked = await client.open(WITHIN);
    await looked.diagnostics();
    timeWithin = (await answersOf(looked.uri)).took;
    await looked.close();
  });
  afterAll(() => client.stop());

  it('are tried with every request that the server knows', () => {
    expect([...Object.keys(REQUESTS), ...OTHERS].sort()).toEqual(Object.keys(client.initialized.capabilities).sort());
  });

  it.each(Object.keys(FILES))('%s: one diagnostic, nothing else, and at once', async (name) => {
    const document = await client.open(FILES[name] ?? '');
    expect(await document.diagnostics()).toHaveLength(1);
    const { answers, took } = await answersOf(document.uri);
    for (const [method, answer] of answers) {
      if (method === 'textDocument/semanticTokens/full') expect(answer).toEqual({ data: [] });
      else expect(answer ?? [], method).toEqual([]);
    }
    expect(took).toBeLessThan(timeWithin);
    const plan = await client.connection.sendRequest('dockerfile/optimize', { uri: document.uri });
    expect(plan).toBeNull();
    await document.close();
  });
});
