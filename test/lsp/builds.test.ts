import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OptimizeResult } from '../../server/src/protocol';
import { folderOf } from '../helpers/cliProcess';
import { createClient, type LspClient } from '../helpers/lspClient';

const STAGES =
  'FROM debian:12-slim AS staging\nUSER root\nCMD ["a"]\nFROM debian:12-slim AS production\nUSER 1000\nCMD ["a"]\n';

describe('Compose and Bake files in the editor', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient({ initializationOptions: { isOurExtension: true } });
  });
  afterAll(() => client.stop());
  const open = (cwd: string, path: string, text: string) =>
    client.open(text, { uri: pathToFileURL(join(cwd, path)).href });

  it('give the stage that is built, and are read anew when they change', async () => {
    const cwd = folderOf({
      'app/Dockerfile': STAGES,
      'compose.yaml': 'services: {a: {build: {context: app, target: staging}}}',
    });
    const document = await open(cwd, 'app/Dockerfile', STAGES);
    expect(await document.rules()).toContain('no-root-user');
    const compose = join(cwd, 'compose.yaml');
    writeFileSync(compose, 'services: {a: {build: {context: app, target: production}}}');
    const changes = [{ uri: pathToFileURL(compose).href, type: 2 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    expect(await document.rules()).not.toContain('no-root-user');
  });

  it('give the context; files of a plan are named from the folder of the Dockerfile', async () => {
    const text = 'FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "a.js"]\n';
    const cwd = folderOf({
      'docker/Dockerfile': text,
      'docker-bake.json': '{"target": {"web": {"dockerfile": "docker/Dockerfile"}}}',
      'package.json': '{}',
      'package-lock.json': '{}',
      'a.js': '',
      '.git/HEAD': '',
    });
    const { uri } = await open(cwd, 'docker/Dockerfile', text);
    const plan = await client.connection.sendRequest<OptimizeResult>('dockerfile/optimize', { uri });
    expect(plan.files.map(({ path }) => path)).toEqual(['../.dockerignore']);
  });
});
