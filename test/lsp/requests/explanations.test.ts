import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Hover, MarkupContent, SignatureHelp } from 'vscode-languageserver/node';
import { createLineIndex } from '../../../server/src/text/lineIndex';
import { createClient, type LspClient } from '../../helpers/lspClient';

describe('explanations at the cursor', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient();
  });
  afterAll(() => client.stop());

  /** `|` marks the cursor. */
  const ask = async <Result>(method: string, marked: string, more: object = {}, uri = '') => {
    const text = marked.replace('|', '');
    const document = await client.open(text, uri === '' ? {} : { uri });
    return client.connection.sendRequest<Result>(`textDocument/${method}`, {
      textDocument: { uri: document.uri },
      position: createLineIndex(text).positionAt(marked.indexOf('|')),
      ...more,
    });
  };
  const hover = async (marked: string, uri?: string) =>
    ((await ask<Hover | null>('hover', marked, {}, uri))?.contents as MarkupContent | undefined)?.value ?? '';

  it.each([
    ['FROM a\nCO|PY a b\n', ['COPY source… destination', 'Copies files from the build context', '#copy)']],
    [
      'FROM a\nCOPY --par|ents a b\n',
      ['**--parents**', 'Keeps the folders', 'since Dockerfile 1.20', '#copy---parents)'],
    ],
    ['FROM a\nADD --chm|od=755 a b\n', ['#add---chown---chmod)']],
    ['FROM a\nHEALTHCHECK --inter|val=5s CMD a\n', ['30s by default', '#healthcheck)']],
    ['FROM a\nRUN --mount=type=ca|che,target=/a,sharing=locked ls\n', ['--mount=type=cache', 'stays between builds']],
    ['FROM a\nRUN --mount=type=cache,dst=/|a,sharing=locked ls\n', ['**cache: dst**', 'The path in the container']],
    ['FROM a\nRUN --mount=type=cache,target=/a,shar|ing=locked ls\n', ['one after the other']],
    ['FROM a\nONBUILD RU|N ls\n', ['Runs a command during the build']],
  ])('of the syntax: %j', async (marked, parts) => {
    const markdown = await hover(marked);
    for (const part of parts) expect(markdown).toContain(part);
  });

  it.each([
    [
      'FROM a\nRUN pip install lx|ml==5.0\n',
      ['**lxml**', 'Compiled on Debian with: `libxml2-dev`', 'Source: lxml documentation'],
    ],
    ['FROM a\nRUN npm install @prisma/cl|ient@6\n', ['**@prisma/client**', 'Needs on Debian: `openssl`']],
    ['FROM a\nRUN gem install p|g\n', ['Needs on Alpine: `libpq`']],
  ])('of a package of a language: %j', async (marked, parts) => {
    const markdown = await hover(marked);
    for (const part of parts) expect(markdown).toContain(part);
  });

  it('of a finding first, with links for our extension alone', async () => {
    const text = 'FROM python:la|test\nUSER 1000\n';
    expect(await hover(text)).not.toContain('command:');
    const ours = await createClient({ initializationOptions: { isOurExtension: true } });
    const document = await ours.open(text.replace('|', ''));
    const { contents } = (await document.hover('python')) ?? {};
    const markdown = (contents as MarkupContent).value;
    const explain = `[Explain](command:dockerfileOptimizer.showRule?${encodeURIComponent('["prefer-slim-base"]')})`;
    expect(markdown).toContain(explain);
    expect(markdown).toMatch(
      /\[Fix\]\(command:dockerfileOptimizer\.fix\?[^()]+%28may%20change%20behavior%29[^()]+\) · /,
    );
    expect(markdown.indexOf(explain)).toBeLessThan(markdown.indexOf('Size |'));
    await ours.stop();
  });

  it('of a stage: what it is and who uses it', async () => {
    const rest = 'RUN make\nFROM scratch\nRUN --mount=type=bind,from=build,target=/x ls\n';
    const at = await hover(`FROM golang:1.24 AS build\n${rest}COPY --from=bu|ild /a /b\n`);
    expect(at).toContain('**build** — `golang:1.24`');
    expect(at).toContain('Stage from line 1, instructions: 1');
    expect(at).toContain('- line 4: `RUN ls`\n- line 5: `COPY /a /b`');
    expect(await hover(`FROM golang:1.24 AS bui|ld\nFROM scratch\nCOPY a b\n`)).toContain(
      'Nothing in this file uses it.',
    );
  });

  it.each([
    ['ARG V=1\nFROM a\nARG V\nRUN echo $V|\n', '**V** = `1`\n\nARG in line 3'],
    [
      'FROM a\nARG V\nENV W="x${V|:-2}y"\n',
      '**V**\n\nARG in line 2, without a value in this file: `--build-arg V=…` sets it',
    ],
    ['ARG V=1\nFROM a\nARG V|\n', '**V** = `1`\n\nARG in line 1'],
    ['FROM a\nARG TARGETARCH\nRUN echo $TARGET|ARCH\n', '**TARGETARCH**\n\nset by the builder'],
    ['FROM a\nRUN echo $A|\nENV A=1\n', ''],
    ['FROM a\nENV A=1\nENV B|=${A}2\n', '**B** = `12`\n\nENV in line 3'],
    ['FROM a\nENV A=1\nFROM b\nRUN echo $A|\n', ''],
  ])('of a variable: %j', async (marked, markdown) => {
    expect(await hover(marked)).toBe(markdown);
  });

  it('of a source: how much it brings, and what is left out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hover-'));
    try {
      const files = { 'src/a.py': '12345', 'src/b.py': '12345', 'src/c.log': '1', '.dockerignore': '**/*.log\n' };
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
      const all = await hover('FROM a\nCOPY sr|c /app\nRUN b\nRUN c\n', uri);
      expect(all).toContain('A change here runs 3 steps again');
      expect(all).toContain('**src**\n\n2 files, 10 B\n\nLeft out by .dockerignore: 1');
      expect(await hover('FROM a\nCOPY src/*.p|y /app\n', `${uri}.2`)).toContain('2 files, 10 B');
      expect(await hover('FROM a\nCOPY src /a|pp\n', `${uri}.3`)).not.toContain('files');
      expect(await hover('FROM a AS b\nFROM c\nCOPY --from=b sr|c /app\n', `${uri}.4`)).not.toContain('files');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const help = (marked: string, triggerCharacter?: string) =>
    ask<SignatureHelp | null>('signatureHelp', marked, {
      context:
        triggerCharacter === undefined
          ? { triggerKind: 1, isRetrigger: false }
          : { triggerKind: 2, isRetrigger: false, triggerCharacter },
    });

  it('of how an instruction is written', async () => {
    const copy = await help('FROM a\nCOPY --link a |\n', ' ');
    expect(copy?.signatures[0]).toMatchObject({ label: 'COPY source… destination', activeParameter: 1 });
    expect((await help('FROM a\nCOPY [|\n', '['))?.activeSignature).toBe(1);
    expect((await help('FROM a\nHEALTHCHECK --retries=|\n', '='))?.signatures[0]?.label).toBe('--retries');
  });

  it('are not given at the blanks of a command, unless asked for', async () => {
    for (const text of [
      'FROM a\nRUN apt-get install |\n',
      'FROM a\nCMD ls |\n',
      'FROM a\nRUN a \\\n  |\n',
      'FROM a\n|\n',
    ])
      expect(await help(text, ' ')).toBeNull();
    expect((await help('FROM a\nRUN ls |\n'))?.signatures.length).toBeGreaterThan(0);
  });
});
