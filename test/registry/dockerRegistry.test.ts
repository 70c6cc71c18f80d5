import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRegistry } from '../../server/src/registry/registry.node';
import { restoreEnvironment } from '../helpers/environment';
import { digestOf } from '../helpers/fakeRegistry';
import { startTokenServer } from '../helpers/tokenServer';

const isInstalled = (program: string) => spawnSync('which', [program]).status === 0;
const hasRegistry = isInstalled('docker-registry');
const signal = new AbortController().signal;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Debian's docker-registry: the server that most registries are made of. */
describe.skipIf(!hasRegistry)('a real registry', () => {
  let folder: string;
  let children: ChildProcess[] = [];
  const before = { ...process.env };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'docker-registry-'));
    process.env['DOCKER_CONFIG'] = folder;
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children = [];
    restoreEnvironment(before);
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (auth: string, port: number): Promise<string> => {
    const config = join(folder, 'config.yml');
    writeFileSync(
      config,
      `version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: ${folder}/data}}\nhttp: {addr: '127.0.0.1:${port}'}\n${auth}`,
    );
    children.push(spawn('docker-registry', ['serve', config], { stdio: 'ignore', env: { PATH: before['PATH'] } }));
    await reachable(`http://127.0.0.1:${port}/v2/`);
    return `127.0.0.1:${port}`;
  };
  const reachable = async (url: string): Promise<void> => {
    for (let tries = 0; tries < 100; tries++) {
      if (await fetch(url).catch(() => undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${url} cannot be reached`);
  };
  const push = async (host: string, headers: Record<string, string> = {}) => {
    const put = async (body: string): Promise<{ digest: string; size: number }> => {
      const digest = digestOf(body);
      const started = await fetch(`http://${host}/v2/team/app/blobs/uploads/`, { method: 'POST', headers });
      const url = new URL(started.headers.get('location') ?? '', `http://${host}`);
      url.searchParams.set('digest', digest);
      await fetch(url, { method: 'PUT', body, headers: { ...headers, 'content-type': 'application/octet-stream' } });
      return { digest, size: body.length };
    };
    const manifest = async (body: object, tag: string): Promise<string> => {
      const text = JSON.stringify(body);
      const type = (body as { mediaType: string }).mediaType;
      const answer = await fetch(`http://${host}/v2/team/app/manifests/${tag}`, {
        method: 'PUT',
        body: text,
        headers: { ...headers, 'content-type': type },
      });
      expect(answer.status).toBe(201);
      return text;
    };
    const image = async (architecture: string) => {
      const config = await put(
        JSON.stringify({
          os: 'linux',
          architecture,
          created: '2026-01-02T03:04:05Z',
          config: { User: '1000' },
          rootfs: {},
        }),
      );
      const layers = [await put(`layer of ${architecture}`)];
      const text = await manifest(
        {
          schemaVersion: 2,
          mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
          config: { mediaType: 'application/vnd.docker.container.image.v1+json', ...config },
          layers: layers.map((layer) => ({ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', ...layer })),
        },
        architecture,
      );
      return { digest: digestOf(text), size: text.length, bytes: config.size + (layers[0]?.size ?? 0) };
    };
    const [amd64, arm64] = [await image('amd64'), await image('arm64')];
    const index = await manifest(
      {
        schemaVersion: 2,
        mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json',
        manifests: [
          {
            ...amd64,
            mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
            platform: { os: 'linux', architecture: 'amd64' },
          },
          {
            ...arm64,
            mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
            platform: { os: 'linux', architecture: 'arm64' },
          },
        ],
      },
      '1.0.0',
    );
    return { index: digestOf(index), amd64, arm64 };
  };
  const ask = (host: string, tag: string, platform = 'linux/amd64') =>
    createRegistry({ platform, mirrors: {}, isTrusted: true, cacheFolder: undefined }).image(
      { registry: host, repository: 'team/app', tag },
      signal,
    );
  const logIn = (host: string, login = 'lab:secret') =>
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({ auths: { [host]: { auth: Buffer.from(login).toString('base64') } } }),
    );

  it('is asked without a login', async () => {
    const host = await start('', await freePort());
    const pushed = await push(host);
    expect(await ask(host, '1.0.0')).toEqual({
      ok: true,
      value: {
        digest: pushed.index,
        sizeBytes: pushed.amd64.bytes,
        created: '2026-01-02T03:04:05Z',
        user: '1000',
        platforms: ['linux/amd64', 'linux/arm64'],
      },
    });
    expect(await ask(host, '1.0.0', 'linux/arm64')).toMatchObject({
      ok: true,
      value: { sizeBytes: pushed.arm64.bytes },
    });
    expect(await ask(host, 'none')).toEqual({ ok: false, reason: `${host} has no such image: team/app` });
    const tags = await createRegistry({
      platform: 'linux/amd64',
      mirrors: {},
      isTrusted: true,
      cacheFolder: undefined,
    }).tags({ registry: host, repository: 'team/app' }, signal);
    expect(tags.ok && [...tags.value].sort()).toEqual(['1.0.0', 'amd64', 'arm64']);
  });

  it.skipIf(!isInstalled('htpasswd'))('is asked with a name and a password', async () => {
    const passwords = join(folder, 'htpasswd');
    writeFileSync(passwords, execFileSync('htpasswd', ['-Bbn', 'lab', 'secret']));
    const host = await start(`auth: {htpasswd: {realm: lab, path: ${passwords}}}\n`, await freePort());
    await push(host, { authorization: `Basic ${Buffer.from('lab:secret').toString('base64')}` });
    expect(await ask(host, '1.0.0')).toMatchObject({ ok: false });
    logIn(host);
    expect(await ask(host, '1.0.0')).toMatchObject({ ok: true });
  });

  it.skipIf(!isInstalled('openssl'))('is asked with bearer tokens', async () => {
    const [port, tokens] = [await freePort(), await freePort()];
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const made = ['-nodes', '-days', '2', '-subj', '/CN=lab', '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...made], { stdio: 'ignore' });
    const authorization = `Basic ${Buffer.from('lab:secret').toString('base64')}`;
    const server = await startTokenServer({
      port: tokens,
      key: readFileSync(key, 'utf8'),
      certificate: readFileSync(certificate, 'utf8'),
      issuer: 'lab',
      authorization,
    });
    try {
      const host = await start(
        `auth: {token: {realm: 'http://127.0.0.1:${tokens}/token', service: '127.0.0.1:${port}', issuer: lab, rootcertbundle: ${certificate}}}\n`,
        port,
      );
      const scope = `http://127.0.0.1:${tokens}/token?service=${host}&scope=repository:team/app:pull,push`;
      const { token } = (await (await fetch(scope, { headers: { authorization } })).json()) as { token: string };
      await push(host, { authorization: `Bearer ${token}` });
      expect(await ask(host, '1.0.0')).toMatchObject({ ok: true });
      logIn(host);
      expect(await ask(host, '1.0.0')).toMatchObject({ ok: true });
      logIn(host, 'lab:wrong');
      expect(await ask(host, '1.0.0')).toMatchObject({ ok: false });
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
