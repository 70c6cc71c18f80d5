import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeLens } from 'vscode-languageserver';
import type { InputHistoryResult, RunsAgainParams, RunsAgainResult } from '../../../server/src/protocol';
import { createClient, type LspClient } from '../../helpers/lspClient';

const APP =
  'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nUSER 1000\n';

describe('what runs again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runs-again-'));
  let client: LspClient;
  beforeAll(async () => {
    for (const name of ['app', 'app/src', 'other']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'app/Dockerfile'), APP);
    writeFileSync(join(folder, 'app/.dockerignore'), '*.md\n');
    writeFileSync(join(folder, 'other/Dockerfile'), 'FROM scratch\nCOPY . /\n');
    client = await createClient({ initializationOptions: { isOurExtension: true, isTrusted: true } });
  });
  afterAll(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });
  const uriOf = (path: string) => pathToFileURL(join(folder, path)).href;
  const FILES = ['app/Dockerfile', 'other/Dockerfile'].map((path) => ({ uri: uriOf(path), path }));
  const ask = async (changed: RunsAgainParams['changed']) => {
    const params: RunsAgainParams = { files: FILES, changed };
    const { files } = await client.connection.sendRequest<RunsAgainResult>('dockerfile/runsAgain', params);
    return files.map(({ path, steps }) => [path, ...steps.map(({ line }) => line)]);
  };

  it.each([
    ['app/requirements.txt', [['app/Dockerfile', 2, 3, 4]]],
    ['app/src/main.py', [['app/Dockerfile', 4]]],
    ['app/README.md', []],
    ['other/x', [['other/Dockerfile', 2]]],
    ['elsewhere', []],
  ])('names the Dockerfiles that take %s', async (path, expected) => {
    expect(await ask({ uri: uriOf(path) })).toEqual(expected);
  });

  it('answers for the instruction of a line', async () => {
    expect((await ask({ line: 1 }))[0]).toEqual(['app/Dockerfile', 2, 3, 4]);
  });

  it('has a lens where a RUN runs again, and only there', async () => {
    const document = await client.open(APP, { uri: uriOf('app/Dockerfile') });
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: document.uri },
    });
    const own = lenses.filter(({ command }) => command?.command === 'dockerfileOptimizer.runsAgain');
    expect(own.map(({ range, command }) => [range.start.line, command?.title, command?.arguments])).toEqual([
      [1, 'A change here runs 3 steps again', [document.uri, 1]],
    ]);
  });

  it('reads the commits of the build context in a trusted workspace', async () => {
    const git = (...args: string[]) =>
      spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
    if (git('init', '--quiet').status !== 0) return;
    for (const name of ['app/src/a.py', 'app/src/b.py', 'app/requirements.txt']) {
      writeFileSync(join(folder, name), '');
      git('add', name);
      git('commit', '--quiet', '--no-gpg-sign', '--message=x');
    }
    const document = await client.open(APP, { uri: uriOf('app/Dockerfile') });
    const historyOf = (from: LspClient) =>
      from.connection.sendRequest<InputHistoryResult>('dockerfile/inputHistory', { uri: document.uri });
    expect(await historyOf(client)).toMatchObject({
      ok: true,
      history: {
        commits: 3,
        runs: 1,
        inputs: [
          { line: 2, commits: 1, runs: 1 },
          { line: 4, commits: 3, runs: 0 },
        ],
      },
    });
    const untrusted = await createClient({ initializationOptions: { isOurExtension: true } });
    await untrusted.open(APP, { uri: document.uri });
    expect(await historyOf(untrusted)).toMatchObject({ ok: false, reason: 'Git runs only in trusted workspaces' });
    await untrusted.stop();
  });
});
