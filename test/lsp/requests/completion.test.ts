import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver/node';
import { applyEdits } from '../../../server/src/text/edits';
import { createLineIndex } from '../../../server/src/text/lineIndex';
import { createClient, type LspClient } from '../../helpers/lspClient';

describe('completion', () => {
  let client: LspClient;
  let plain: LspClient;
  let folder = '';
  beforeAll(async () => {
    const completion = { completionItem: { snippetSupport: true } };
    client = await createClient({ capabilities: { textDocument: { diagnostic: {}, completion } } });
    plain = await createClient();
    folder = mkdtempSync(join(tmpdir(), 'completion-'));
    const files = {
      'app/main.py': 'print()',
      'app/a.log': 'x',
      'package.json': '{}',
      '.dockerignore': '*.log\n**/*.log\nnode_modules\n',
      'node_modules/a.js': '',
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await Promise.all([client.stop(), plain.stop()]);
  });

  /** The items at `|`, in the order of the list. */
  const complete = async (marked: string, { at = client, uri = '' } = {}) => {
    const text = marked.replace('|', '');
    const document = await at.open(text, uri === '' ? {} : { uri });
    const answer = await at.connection.sendRequest<CompletionItem[] | CompletionList>('textDocument/completion', {
      textDocument: { uri: document.uri },
      position: createLineIndex(text).positionAt(marked.indexOf('|')),
    });
    const items = Array.isArray(answer) ? answer : answer.items;
    return items.sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  };
  const labels = async (marked: string, options?: { at?: LspClient; uri?: string }) =>
    (await complete(marked, options)).map(({ label }) => label);
  /** The text after choosing an item. */
  const chosen = async (marked: string, label: string, options?: { at?: LspClient; uri?: string }) => {
    const text = marked.replace('|', '');
    const edit = (await complete(marked, options)).find((item) => item.label === label)?.textEdit as TextEdit;
    const lines = createLineIndex(text);
    const span = { start: lines.offsetAt(edit.range.start), end: lines.offsetAt(edit.range.end) };
    return applyEdits(text, [{ span, newText: edit.newText }]);
  };

  it('offers tags with their sizes, the newest first and those without fixes last', async () => {
    const items = await complete('FROM python:|\n');
    const tags = items.map(({ label }) => label);
    expect(tags.indexOf('3.13-slim')).toBeGreaterThanOrEqual(0);
    expect(tags.indexOf('3.13')).toBeLessThan(tags.indexOf('3.10'));
    const slim = items.find(({ label }) => label === '3.13-slim');
    expect(slim?.detail).toMatch(/^about \d+ MB · debian · security fixes until \d{4}/);
    expect(slim?.labelDetails?.description).toMatch(/^\d+ MB$/);
    expect(await chosen('FROM python:3.1|2 AS b\n', '3.13-slim')).toBe('FROM python:3.13-slim AS b\n');
  });

  it('offers tags of servers', async () => {
    const items = await complete('FROM traefik:|\n');
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['v3', '3.7', 'latest']));
    expect(items.find(({ label }) => label === 'v3')?.detail).toMatch(/^about 55 MB · alpine/);
  });

  it('offers images and the stages above', async () => {
    expect(await labels('FROM golang:1.22 AS build\nFROM |\n')).toEqual(
      expect.arrayContaining(['build', 'node', 'scratch']),
    );
    const text = 'FROM golang:1.22 AS build\nFROM scratch AS later\nCOPY --chown=a --from=|\nFROM a AS last\n';
    const copied = await complete(text);
    expect(copied[0]).toMatchObject({ label: 'build', detail: 'stage' });
    expect(copied.map(({ label }) => label)).not.toContain('last');
    expect(
      await labels('FROM golang:1.22 AS build\nFROM scratch\nRUN --mount=type=bind,from=|,target=/a ls\n'),
    ).toContain('build');
    const old = await complete('FROM o|\n');
    expect(old.find(({ label }) => label === 'openjdk')?.tags).toEqual([1]);
    expect(await labels('FROM a |\n')).toEqual(['AS']);
  });

  it('offers instructions as good snippets, or as words', async () => {
    const items = await labels('FROM debian:12\nR|\n');
    expect(items).toEqual(
      expect.arrayContaining(['RUN', 'RUN apt-get install', 'RUN --mount=type=cache', 'COPY --from']),
    );
    expect(items).not.toContain('MAINTAINER');
    expect(await chosen('FROM debian:12\nR|\n', 'RUN apt-get install')).toContain(
      'apt-get update && \\\\\n    apt-get install -y --no-install-recommends ${1:package}',
    );
    expect(await chosen('FROM debian:12\nWORK|\n', 'WORKDIR', { at: plain })).toBe('FROM debian:12\nWORKDIR \n');
    expect(await labels('from debian:12\n|\n', { at: plain })).toContain('run');
  });

  it('offers before the first FROM only what may stand there', async () => {
    expect(await labels('|\n', { at: plain })).toEqual(['FROM', 'ARG']);
    expect(await labels('FROM a\nONBUILD |\n', { at: plain })).not.toContain('FROM');
  });

  it('offers no instruction within one', async () => {
    for (const text of [
      'FROM a\nRUN make|\n',
      'FROM a\nRUN a \\\n  |\n',
      'FROM a\nRUN |\n',
      'FROM a\nRUN <<EOF\n|\nEOF\n',
    ])
      expect(await complete(text), text).toEqual([]);
  });

  it('offers the flags of an instruction that it does not have yet', async () => {
    expect(await labels('FROM a\nCOPY --link -|\n')).toEqual([
      '--chmod',
      '--chown',
      '--exclude',
      '--from',
      '--parents',
    ]);
    expect(await labels('FROM a\nADD --|\n')).toEqual(
      expect.arrayContaining(['--checksum', '--keep-git-dir', '--unpack', '--link']),
    );
    expect(await labels('FROM a\nRUN --mount=type=ssh --|\n')).toEqual([
      '--device',
      '--mount',
      '--network',
      '--security',
    ]);
    expect(await labels('FROM a\nHEALTHCHECK --|\n')).toContain('--start-interval');
    expect(await labels('FROM -|\n')).toEqual(['--platform']);
    expect(await chosen('FROM a\nCOPY --li|\n', '--link')).toContain('COPY --link\n');
    expect(await chosen('FROM a\nCOPY --ch| a b\n', '--chmod')).toContain('COPY --chmod= a b');
    const parents = (await complete('FROM a\nCOPY --par|\n')).find(({ label }) => label === '--parents');
    expect(parents?.detail).toBe('since Dockerfile 1.20');
  });

  it('offers values of flags', async () => {
    expect(await labels('FROM a\nRUN --network=|\n')).toEqual(['default', 'none', 'host']);
    expect(await labels('FROM a\nCOPY --link=|\n')).toEqual(['true', 'false']);
    expect(await labels('FROM --platform=|\n')).toContain('$BUILDPLATFORM');
    expect(await labels('FROM node:22\nCOPY --chown=|\n')).toContain('node:node');
  });

  it('offers types and options of mounts', async () => {
    expect((await labels('FROM a\nRUN --mount=|\n')).slice(0, 2)).toEqual(['type=bind', 'type=cache']);
    expect(await labels('FROM a\nRUN --mount=type=|\n')).toEqual(['bind', 'cache', 'secret', 'ssh', 'tmpfs']);
    expect(await labels('FROM a\nRUN --mount=type=cache,target=/a,|\n')).toEqual(
      expect.arrayContaining(['id', 'sharing', 'from']),
    );
    expect(await labels('FROM a\nRUN --mount=type=cache,target=/a,|\n')).not.toContain('target');
    expect(await labels('FROM a\nRUN --mount=type=cache,sharing=|\n')).toEqual(['locked', 'private', 'shared']);
    expect(await labels('FROM a\nRUN --mount=type=secret,|\n')).toContain('env');
  });

  it('offers the variables of the place', async () => {
    const text = 'ARG OUTER=1\nFROM a\nARG VERSION=2\nRUN echo $|\nENV LATER=1\nFROM b\nENV OTHER=1\n';
    expect(await labels(text)).toEqual(['VERSION']);
    expect(await chosen('FROM a\nENV A=1\nRUN echo "${|"\n', 'A')).toContain('"${A}"');
    expect(await chosen('FROM a\nENV A=1\nRUN echo ${|%x}\n', 'A')).toContain('${A%x}');
    expect(await labels('ARG OUTER=1\nFROM --platform=$|\n')).toEqual(
      expect.arrayContaining(['OUTER', 'BUILDPLATFORM']),
    );
    expect(await labels('ARG OUTER=1\nFROM a\nARG |\n')).toEqual(expect.arrayContaining(['OUTER', 'TARGETARCH']));
    expect(await labels('FROM a\nENV A=1\nRUN <<EOF\necho $|\nEOF\n')).toEqual(['A']);
  });

  it('offers files of the context that .dockerignore does not exclude', async () => {
    const uri = pathToFileURL(join(folder, 'Dockerfile')).href;
    expect(await labels('FROM a\nCOPY |\n', { uri })).toEqual(['app/', 'package.json', '.dockerignore']);
    expect(await labels('FROM a\nADD --chown=a pack|\n', { uri: `${uri}.2` })).toContain('package.json');
    const inside = await complete('FROM a\nCOPY ./app/m|\n', { uri: `${uri}.3` });
    expect(inside.map(({ label, detail }) => `${label} ${detail}`)).toEqual(['main.py 7 B']);
    expect(await chosen('FROM a\nCOPY ./app/m| /b\n', 'main.py', { uri: `${uri}.4` })).toContain(
      'COPY ./app/main.py /b',
    );
    expect(await labels('FROM a\nCOPY --from=x |\n', { uri: `${uri}.5` })).toEqual([]);
  });

  it('offers users, signals, checks and heredocs', async () => {
    expect((await labels('FROM node:22\nRUN useradd -r app\nUSER |\n')).slice(0, 2)).toEqual(['app', 'node']);
    expect((await labels('FROM a\nSTOPSIGNAL S|\n')).slice(0, 3)).toEqual(['SIGTERM', 'SIGINT', 'SIGQUIT']);
    expect(await labels('FROM a\nHEALTHCHECK --interval=5s |\n')).toEqual(['CMD', 'NONE']);
    expect(await labels('FROM a\nRUN <|\n')).toEqual(['<<EOF', "<<'EOF'", '<<-EOF']);
    expect(await chosen('FROM a\nCOPY <<|\n', '<<EOF')).toContain('COPY <<EOF ${1:/path/of/file}\n$0\nEOF\n');
  });

  it('offers packages of apt with their sizes', async () => {
    const items = await complete('FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl \\\n    gi|\n');
    expect(items.find(({ label }) => label === 'git')?.detail).toMatch(/^about \d+ MB$/);
    expect(await labels('FROM debian:12\nRUN apt-get install -y curl && gi|\n')).toEqual([]);
  });

  it('offers directives and the names of rules', async () => {
    expect(await labels('# |\nFROM a\n')).toContain('syntax=docker/dockerfile:1');
    expect(await labels('FROM a\n# |\n')).not.toContain('syntax=docker/dockerfile:1');
    expect(await chosen('#syn|\nFROM a\n', 'syntax=docker/dockerfile:1')).toBe('#syntax=docker/dockerfile:1\nFROM a\n');
    const rules = await complete('FROM debian:12\n# dockerfile-optimizer-ignore no-root-user, |\nRUN sudo ls\n');
    expect(rules.map(({ label }) => label)).toContain('no-root-user');
    expect(rules.find(({ label }) => label === 'no-sudo')?.sortText).toMatch(/^0/);
    expect(await labels('FROM a\n# hadolint ignore=|\n')).toContain('DL3008');
    expect(await labels('# check=skip=|\nFROM a\n')).toContain('JSONArgsRecommended');
    expect(await labels('FROM a\n# what a |\n')).toEqual([]);
  });
});
