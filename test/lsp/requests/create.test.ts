import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedFiles, CreateParams, CreateResult } from '../../../server/src/protocol';
import { folderOf } from '../../helpers/cliProcess';
import { createClient, type LspClient } from '../../helpers/lspClient';

const GO = { 'go.mod': 'module example.com/shop\n\ngo 1.24\n', 'main.go': 'package main\n\nfunc main() {\n}\n' };

function createWith(client: LspClient, uri: string, more: Partial<CreateParams> = {}) {
  return client.connection.sendRequest<CreateResult>('dockerfile/create', { ...more, uri });
}

function uriIn(folder: string): string {
  return pathToFileURL(join(folder, 'Dockerfile')).href;
}

function createdIn(result: CreateResult): CreatedFiles {
  if (!('created' in result)) throw new Error(`nothing created: ${JSON.stringify(result)}`);
  return result.created;
}

describe('dockerfile/create', () => {
  let client: LspClient;
  const settings: Record<string, unknown> = {};
  beforeAll(async () => {
    client = await createClient({ settings: () => settings });
  });
  afterAll(() => client.stop());
  const create = (files: Readonly<Record<string, string>>, more?: Partial<CreateParams>) =>
    createWith(client, uriIn(folderOf(files)), more);

  it('gives the files with a reason for each line', async () => {
    const { title, text, files, notes, advice } = createdIn(await create(GO));
    expect(title).toMatch(/^Go 1\.\d+$/);
    expect(text).toMatch(/^# syntax=docker\/dockerfile:1\n/);
    expect(text).toContain('--mount=type=cache');
    expect(files).toEqual([{ path: '.dockerignore', after: expect.stringContaining('.git\n') }]);
    const reasoned = notes.flatMap(({ start, end }) => text.split('\n').slice(start, end));
    expect(reasoned).toEqual(text.split('\n').filter((line) => line !== ''));
    expect(notes.some(({ reason }) => reason !== undefined)).toBe(true);
    expect(advice).toEqual([]);
  });

  it('gives what a .dockerignore has now', async () => {
    const { files } = createdIn(await create({ ...GO, '.dockerignore': 'tmp\n' }));
    expect(files).toEqual([
      { path: '.dockerignore', before: 'tmp\n', after: expect.stringMatching(/^tmp\n[\s\S]*\.git\n/) },
    ]);
  });

  it('gives the programs to choose from, and the files for the chosen one', async () => {
    const files = { ...GO, 'index.html': '' };
    expect(await create(files)).toEqual({
      ok: true,
      programs: [
        { name: 'go', title: expect.stringMatching(/^Go /) },
        { name: 'static', title: expect.any(String) },
      ],
    });
    expect(createdIn(await create(files, { program: 'static' })).text).toContain('FROM nginxinc/nginx-unprivileged');
    expect(await create(files, { program: 'gone' })).toHaveProperty('programs');
  });

  it.each([
    ['Dockerfile', { ...GO, Dockerfile: '' }, 'Dockerfile exists; use Optimize Dockerfile to improve it'],
    ['Containerfile', { ...GO, Containerfile: '' }, 'Containerfile exists; use Optimize Dockerfile to improve it'],
    ['no project', {}, expect.stringMatching(/^no project of a known language: Python, /)],
    ['a project that lacks something', { 'package.json': '{' }, 'node: package.json cannot be read'],
  ])('refuses in one sentence: %s', async (_, files, reason) => {
    expect(await create(files)).toEqual({ ok: false, reason });
  });

  it('takes the files that the client sends, and says when there are none to read', async () => {
    const uri = 'vscode-vfs://github/a/shop/Dockerfile';
    const files = Object.entries(GO).map(([path, text]) => ({ path, text, sizeBytes: text.length }));
    expect(createdIn(await createWith(client, uri, { context: { files, unlisted: [] } })).text).toContain('go build');
    expect(await createWith(client, uri)).toEqual({ ok: false, reason: 'the files of the project cannot be read' });
  });

  it('looks for a Dockerfile in the folder, not in the build context that Compose gives it', async () => {
    const project = {
      ...GO,
      'compose.yaml': 'services:\n  app:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile\n',
      'docker/README': '',
    };
    const createIn = (files: Readonly<Record<string, string>>) =>
      createWith(client, uriIn(join(folderOf(files), 'docker')));
    const { files } = createdIn(await createIn({ ...project, Dockerfile: 'FROM scratch\n' }));
    expect(files.map(({ path }) => path)).toEqual(['../.dockerignore']);
    expect(await createIn({ ...project, 'docker/Containerfile': '' })).toMatchObject({ ok: false });
  });
});

describe('dockerfile/create with settings', () => {
  it.each([
    ['level: safe', { level: 'safe' }, /^(?![\s\S]* AS build)/],
    ['no comments', { comments: 'none' }, /^# syntax=docker\/dockerfile:1\n(?![\s\S]*\n#)/],
    ['no cache mounts', { preferCacheMounts: 'never' }, /^(?![\s\S]*--mount)/],
  ])('obeys %s', async (_, optimize, expected) => {
    const uri = uriIn(folderOf(GO));
    const [plain, client] = [await createClient(), await createClient({ settings: () => ({ optimize }) })];
    try {
      expect(createdIn(await createWith(plain, uri)).text).not.toMatch(expected);
      expect(createdIn(await createWith(client, uri)).text).toMatch(expected);
    } finally {
      await Promise.all([plain.stop(), client.stop()]);
    }
  });

  it('answers in Japanese', async () => {
    const client = await createClient({ locale: 'ja' });
    try {
      const { notes } = createdIn(await createWith(client, uriIn(folderOf(GO))));
      for (const { why } of notes) expect(why).toMatch(/[ぁ-んァ-ヶ]/);
      expect(await createWith(client, uriIn(folderOf({})))).toMatchObject({
        reason: expect.stringContaining('対応する言語'),
      });
    } finally {
      await client.stop();
    }
  });
});
