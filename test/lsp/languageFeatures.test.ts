import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InlayHint, RegistrationParams, TextEdit, UnregistrationParams } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createClient, type LspClient, type OpenDocument } from '../helpers/lspClient';

const TEXT =
  'ARG VERSION=1\nFROM python:3.11-slim AS build\nARG VERSION\nRUN <<EOF\n  echo "$VERSION"\nEOF\nFROM python:3.11-slim\nCOPY --from=build /a /a\nRUN apt-get update && \\\napt-get install -y git\nUSER 1000\n';

describe('language features', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient();
  });
  afterAll(() => client.stop());

  const ask = <Result>(method: string, document: OpenDocument, more: object = {}) =>
    client.connection.sendRequest<Result>(`textDocument/${method}`, { textDocument: { uri: document.uri }, ...more });
  it('formats continuation lines and leaves heredocs alone', async () => {
    const document = await client.open(TEXT);
    const edits = await ask<TextEdit[]>('formatting', document, { options: { tabSize: 4, insertSpaces: true } });
    expect(edits.map(({ range }) => range.start.line)).toEqual([9]);
  });

  it.each([
    ['indents the line after the first', 'FROM a\nRUN b \\\n|\n', 'FROM a\nRUN b \\\n  \n'],
    ['goes on like the line above', 'FROM a\nRUN b \\\n\tc \\\n  |d\n', 'FROM a\nRUN b \\\n\tc \\\n\td\n'],
    ['continues after an operator', 'FROM a\nRUN b && \n|c\n', 'FROM a\nRUN b && \\\n  c\n'],
    ['leaves a finished line', 'FROM a\nRUN b\n|\n', 'FROM a\nRUN b\n\n'],
    ['leaves heredocs', 'FROM a\nRUN <<EOF\nb &&\n|c\nEOF\n', 'FROM a\nRUN <<EOF\nb &&\nc\nEOF\n'],
    ['leaves comments', 'FROM a\nRUN b && \\\n# c \\\n|\n', 'FROM a\nRUN b && \\\n# c \\\n\n'],
  ])('on Enter %s', async (_, marked, after) => {
    const at = marked.indexOf('|');
    const document = await client.open(marked.replace('|', ''));
    const above = marked.slice(0, at).split('\n');
    const edits = await ask<TextEdit[]>('onTypeFormatting', document, {
      position: { line: above.length - 1, character: above.at(-1)?.length ?? 0 },
      ch: '\n',
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(TextDocument.applyEdits(TextDocument.create('a:b', '', 1, document.text()), edits)).toBe(after);
  });

  it("formats by the project's .editorconfig, then by the options of the editor", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'editorconfig-'));
    writeFileSync(join(folder, '.editorconfig'), 'root = true\n[*.dockerfile]\nindent_style = tab\n');
    const options = { tabSize: 2, insertSpaces: true };
    const formatted = async (name: string) => {
      const document = await client.open('FROM a\nRUN b && \\\nc && \\\n    d\n', {
        uri: pathToFileURL(join(folder, name)).href,
      });
      const edits = await ask<TextEdit[]>('formatting', document, { options });
      return TextDocument.applyEdits(TextDocument.create('a:b', '', 1, document.text()), edits);
    };
    expect(await formatted('x.dockerfile')).toBe('FROM a\nRUN b && \\\n\tc && \\\n\td\n');
    expect(await formatted('Dockerfile')).toBe('FROM a\nRUN b && \\\n  c && \\\n    d\n');
    rmSync(folder, { recursive: true });
  });

  it('tells about images and packages on hover', async () => {
    const document = await client.open(TEXT);
    const image = JSON.stringify(await document.hover('python:3.11-slim'));
    expect(image).toMatch(/about \d+ MB/);
    expect(image).toContain('Security fixes for Python 3.11 | until 2027-10-31');
    expect(image).toContain('Starts | `python3`');
    expect(image).toContain('glibc, package manager: apt');
    const git = JSON.stringify(await document.hover('git'));
    expect(git).toMatch(/\*\*git\*\* · about \d+ MB on Debian's slim image/);
    expect(JSON.stringify(await document.hover('USER'))).toContain('USER user[:group]');
  });

  it('tells what a server starts, and as whom', async () => {
    const document = await client.open('FROM mariadb:12\nFROM kong:3.9\n');
    const database = JSON.stringify(await document.hover('mariadb:12'));
    expect(database).toContain('Size | about 105 MB');
    expect(database).toContain('Starts | `docker-entrypoint.sh mariadbd`');
    const gateway = JSON.stringify(await document.hover('kong:3.9'));
    expect(gateway).toContain('Size | about 123 MB');
    expect(gateway).toContain('User | kong');
  });

  it('answers a hover about as fast as a request that needs no facts', async () => {
    const document = await client.open(TEXT);
    const hovers: number[] = [];
    const others: number[] = [];
    const timed = async (times: number[], request: () => Promise<unknown>) => {
      const start = performance.now();
      await request();
      times.push(performance.now() - start);
    };
    for (let count = 0; count < 21; count++) {
      await timed(hovers, () => document.hover('python:3.11-slim'));
      await timed(others, () => ask('foldingRange', document));
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[10] ?? 0;
    expect(median(hovers) / median(others)).toBeLessThan(20);
  });

  it('hints at the size of each base image', async () => {
    const document = await client.open(TEXT);
    const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
    const hints = await ask<InlayHint[]>('inlayHint', document, { range });
    expect(hints.map(({ position }) => position.line)).toEqual([1, 6]);
    expect(hints[0]?.label).toMatch(/^about \d+ MB on disk$/);
  });

  it('hints at what heavy RUNs install where that is wanted', async () => {
    const text =
      'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends g++\nRUN echo\n';
    const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
    const hintsWith = async (inlayHints: string) => {
      const own = await createClient({ initializationOptions: { inlayHints } });
      try {
        return await own.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
          textDocument: { uri: (await own.open(text)).uri },
          range,
        });
      } finally {
        await own.stop();
      }
    };
    expect((await hintsWith('all')).map(({ position }) => position.line)).toEqual([0, 1]);
    expect((await hintsWith('from')).map(({ position }) => position.line)).toEqual([0]);
    expect(await hintsWith('off')).toEqual([]);
  });
});

describe('language features beside another extension', () => {
  const registering = async (initializationOptions: object) => {
    const client = await createClient({
      capabilities: { textDocument: { diagnostic: {}, completion: { dynamicRegistration: true } } },
      initializationOptions,
    });
    const registered = new Set<string>();
    client.connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      for (const { method } of registrations) registered.add(method);
    });
    client.connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
      for (const { method } of unregisterations) registered.delete(method);
    });
    return { client, registered };
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 200));

  it('are left to it, and taken up when it goes', async () => {
    const { client, registered } = await registering({ hasOtherLanguageServer: true });
    await settled();
    expect(registered.has('textDocument/completion')).toBe(false);
    await client.connection.sendNotification('dockerfile/otherLanguageServer', { isThere: false });
    await settled();
    expect(registered.has('textDocument/completion')).toBe(true);
    await client.connection.sendNotification('dockerfile/otherLanguageServer', { isThere: true });
    await settled();
    expect(registered.has('textDocument/completion')).toBe(false);
    await client.stop();
  });

  it('answer nothing when they are switched off', async () => {
    const client = await createClient({ initializationOptions: { languageFeatures: 'off' } });
    expect(client.initialized.capabilities.completionProvider).toBeUndefined();
    const document = await client.open('FROM debian:12\nUSER 1000\n');
    expect(await document.hover('USER')).toBeNull();
    await client.stop();
  });
});
