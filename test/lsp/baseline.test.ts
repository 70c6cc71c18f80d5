import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckFilesParams, CheckFilesResult } from '../../server/src/protocol';
import { folderOf, runCli } from '../helpers/cliProcess';
import { createClient, type LspClient } from '../helpers/lspClient';

const SUDO = 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n';
const CONFIGURATION = 'baseline: known.json\n';

describe('the baseline of a configuration', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient();
  });
  afterAll(() => client.stop());
  const open = (cwd: string, text: string) =>
    client.open(text, { uri: pathToFileURL(join(cwd, 'a b/Dockerfile')).href });

  it('hides what the command line has put into it, and nothing that is new', async () => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml': CONFIGURATION, 'a b/Dockerfile': SUDO });
    runCli(['lint', '--update-baseline'], { cwd });
    const document = await open(cwd, SUDO);
    expect(await document.rules()).toEqual([]);
    await document.edit(SUDO.indexOf('ls'), 2, 'id');
    expect(await document.rules()).toContain('no-sudo');
  });

  it('hides it from Check All too', async () => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml': CONFIGURATION, Dockerfile: SUDO });
    runCli(['lint', '--update-baseline'], { cwd });
    const uri = pathToFileURL(join(cwd, 'Dockerfile')).href;
    const checked = async (text: string) => {
      const params: CheckFilesParams = { files: [{ uri, path: 'Dockerfile', text }] };
      const { files } = await client.connection.sendRequest<CheckFilesResult>('dockerfile/checkFiles', params);
      return files.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    };
    expect(await checked(SUDO)).toEqual([]);
    expect(await checked(SUDO.replace('ls', 'id'))).toEqual(['no-sudo']);
  });

  it('is read anew when it is told to have changed', async () => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml': CONFIGURATION, 'a b/Dockerfile': SUDO });
    writeFileSync(join(cwd, 'known.json'), '{"version": 1, "files": {}}');
    const document = await open(cwd, SUDO);
    expect(await document.rules()).toEqual(['no-sudo']);
    runCli(['lint', '--update-baseline'], { cwd });
    const changes = [{ uri: pathToFileURL(join(cwd, 'known.json')).href, type: 2 }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    expect(await document.rules()).toEqual([]);
  });

  it('shows everything, and says why, when it cannot be read', async () => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml': CONFIGURATION, 'known.json': '{' });
    const document = await open(cwd, SUDO);
    expect(await document.rules()).toEqual(['no-sudo']);
    expect(client.shown.join()).toContain('known.json: not valid JSON');
  });

  it('is no device: reading one would never end', async () => {
    const cwd = folderOf({ '.dockerfile-optimizer.yaml': 'baseline: zero\n' });
    symlinkSync('/dev/zero', join(cwd, 'zero'));
    expect(await (await open(cwd, SUDO)).rules()).toEqual(['no-sudo']);
    expect(client.shown.join()).toMatch(/zero: cannot be read/);
  });
});
