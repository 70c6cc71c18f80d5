import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf, type FakeRegistry, INDEX, startFakeRegistry } from '../helpers/fakeRegistry';
import { createClient, type LspClient, type OpenDocument } from '../helpers/lspClient';

describe('a registry that the user allows to ask', () => {
  let fake: FakeRegistry;
  let client: LspClient | undefined;
  let cacheFolder: string;
  beforeEach(async () => {
    fake = await startFakeRegistry();
    cacheFolder = mkdtempSync(join(tmpdir(), 'lookups-'));
  });
  afterEach(async () => {
    await client?.stop();
    await fake.close();
    rmSync(cacheFolder, { recursive: true, force: true });
  });

  const start = async (isTrusted: boolean, enable: boolean, mirrors: object = {}) => {
    client = await createClient({
      initializationOptions: {
        isTrusted,
        cacheFolder,
        registry: { enable, mirrors },
      },
    });
    return client;
  };
  const titlesAt = async (document: OpenDocument, marked: string) =>
    (await document.actions(marked)).map(({ title }) => title);
  const until = async (probe: () => Promise<boolean>) => {
    for (let tries = 0; tries < 100; tries++) {
      if (await probe()) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    throw new Error('waited in vain');
  };

  it('gives digests and patches as quick fixes that keep tag and comment', async () => {
    const image = `${fake.host}/team/app:1.0.0`;
    fake.answer = ({ url = '' }, response) => {
      if (!/manifests\/1\.0\.[02]$/.test(url)) return false;
      response.writeHead(200).end(INDEX);
      return true;
    };
    const document = await (await start(true, true)).open(`FROM ${image} AS app\n# why\nUSER 1000\n`);
    await document.diagnostics();
    await until(async () => (await titlesAt(document, image)).includes('Update to 1.0.2'));
    await until(async () => (await titlesAt(document, image)).includes(`Pin ${image} to its digest`));
    const actions = await document.actions(image);
    const apply = (title: string) => {
      const action = actions.find((one) => one.title === title);
      return action && document.apply(action);
    };
    expect(apply(`Pin ${image} to its digest`)).toBe(`FROM ${image}@${digestOf(INDEX)} AS app\n# why\nUSER 1000\n`);
    expect(apply('Update to 1.0.2')).toBe(`FROM ${fake.host}/team/app:1.0.2 AS app\n# why\nUSER 1000\n`);
    expect(JSON.stringify(await document.hover(image))).toContain(
      'In the registry now: 310 B to download, created on 2026-08-01',
    );
  });

  it('reports an image that does not exist for the platform', async () => {
    const image = `${fake.host}/team/app:1.0`;
    const server = await start(true, true);
    const there = await server.open(`FROM --platform=linux/arm64 ${image}\nUSER 1000\n`);
    const missing = await server.open(`FROM --platform=linux/s390x ${image}\nUSER 1000\n`);
    const messagesOf = async (document: OpenDocument) =>
      (await document.diagnostics())
        .map(({ message }) => JSON.stringify(message))
        .filter((message) => message.includes('no image for'));
    await until(async () => (await messagesOf(missing)).length > 0);
    expect(await messagesOf(missing)).toEqual([expect.stringContaining('team/app:1.0 has no image for linux/s390x')]);
    expect(await messagesOf(there)).toEqual([]);
  });

  it('updates a digest together with its tag', async () => {
    const image = `${fake.host}/team/app:1.0.0@${digestOf('old')}`;
    fake.answer = ({ url = '' }, response) => {
      if (!/manifests\/1\.0\.2$/.test(url)) return false;
      response.writeHead(200).end(INDEX);
      return true;
    };
    const document = await (await start(true, true)).open(`FROM ${image}\nUSER 1000\n`);
    await document.diagnostics();
    await until(async () => (await titlesAt(document, image)).includes('Update to 1.0.2'));
    const [update] = (await document.actions(image)).filter(({ title }) => title === 'Update to 1.0.2');
    expect(update && document.apply(update)).toBe(`FROM ${fake.host}/team/app:1.0.2@${digestOf(INDEX)}\nUSER 1000\n`);
  });

  it.each([
    ['is not switched on', true, false],
    ['lies in a workspace that is not trusted', false, true],
  ])('is asked nothing where it %s', async (_, isTrusted, enable) => {
    const document = await (await start(isTrusted, enable)).open(`FROM ${fake.host}/team/app:1.0\nUSER 1000\n`);
    await document.diagnostics();
    await document.hover('FROM');
    await document.actions('FROM');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(fake.asked).toEqual([]);
  });

  it('does not delay diagnostics', async () => {
    fake.answer = () => true;
    const document = await (await start(true, true)).open(`FROM ${fake.host}/team/app:1.0\nUSER root\n`);
    expect(await document.rules()).toContain('no-root-user');
  });
});
