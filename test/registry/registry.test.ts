import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayLead } from '../../server/src/registry/addressReach.node';
import type { RegistryOptions } from '../../server/src/registry/registry';
import { createRegistry } from '../../server/src/registry/registry.node';
import { restoreEnvironment } from '../helpers/environment';
import { digestOf, type FakeRegistry, INDEX, MANIFEST, startFakeRegistry } from '../helpers/fakeRegistry';

const never = new AbortController().signal;

describe('the registry client', () => {
  let fake: FakeRegistry;
  let folder: string;
  const before = { ...process.env };
  beforeEach(async () => {
    fake = await startFakeRegistry();
    folder = mkdtempSync(join(tmpdir(), 'registry-'));
    process.env['DOCKER_CONFIG'] = folder;
  });
  afterEach(async () => {
    restoreEnvironment(before);
    await fake.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const registry = (more: Partial<RegistryOptions> = {}) =>
    createRegistry({ platform: 'linux/amd64', mirrors: {}, isTrusted: true, cacheFolder: undefined, ...more });
  const app = (tag = '1.0') => ({ registry: fake.host, repository: 'team/app', tag });
  const reasonOf = async (more: Partial<RegistryOptions> = {}, tag?: string) => {
    const answer = await registry(more).image(app(tag), never);
    return answer.ok ? undefined : answer.reason;
  };

  it('reads an index and the image of the platform', async () => {
    expect(await registry().image(app(), never)).toEqual({
      ok: true,
      value: {
        digest: digestOf(INDEX),
        sizeBytes: 310,
        created: '2026-08-01T00:00:00Z',
        user: 'app',
        entrypoint: ['/a'],
        platforms: ['linux/arm64', 'linux/amd64'],
      },
    });
    expect(await registry({ platform: 'linux/s390x' }).image(app(), never)).toEqual({
      ok: false,
      reason: 'team/app:1.0 has no image for linux/s390x',
      platforms: ['linux/arm64', 'linux/amd64'],
    });
  });

  it('reads an image without an index', async () => {
    const answer = await registry().image(app('single'), never);
    expect(answer).toMatchObject({ ok: true, value: { digest: digestOf(MANIFEST), sizeBytes: 310 } });
  });

  it('lists tags page by page', async () => {
    expect(await registry().tags(app(), never)).toEqual({ ok: true, value: ['1.0', '1.0.1', '1.0.2'] });
  });

  it('asks a mirror in place of the registry', async () => {
    const mirrored = registry({ mirrors: { 'docker.io': fake.host } });
    expect(await mirrored.image({ repository: 'team/app', tag: '1.0' }, never)).toMatchObject({ ok: true });
    await mirrored.image({ repository: 'python', tag: '3' }, never);
    expect(fake.asked.at(-1)?.path).toBe('/v2/library/python/manifests/3');
  });

  describe('keeps answers', () => {
    it('and asks again later whether they have changed', async () => {
      const cacheFolder = join(folder, 'cache');
      await registry({ cacheFolder }).image(app('single'), never);
      const count = fake.asked.length;
      expect(await registry({ cacheFolder }).image(app('single'), never)).toMatchObject({ ok: true });
      expect(fake.asked).toHaveLength(count);
      const realNow = Date.now;
      Date.now = () => realNow() + 2 * 60 * 60 * 1000;
      const later = await registry({ cacheFolder }).image(app('single'), never);
      Date.now = realNow;
      expect(later).toMatchObject({ ok: true, value: { sizeBytes: 310 } });
      expect(fake.asked).toHaveLength(count + 1);
      expect(fake.asked.at(-1)?.headers['if-none-match']).toBe(`"${digestOf(MANIFEST)}"`);
    });

    it('and goes on where the folder cannot be written or holds nonsense', async () => {
      const file = join(folder, 'file');
      writeFileSync(file, '');
      expect(await registry({ cacheFolder: file }).image(app(), never)).toMatchObject({ ok: true });
    });
  });

  describe('proves who asks', () => {
    const login = () =>
      writeFileSync(
        join(folder, 'config.json'),
        JSON.stringify({ auths: { [fake.host]: { auth: Buffer.from('lab:secret').toString('base64') } } }),
      );

    it('with a name and a password', async () => {
      fake.answer = ({ headers }, response) => {
        if (headers.authorization === `Basic ${Buffer.from('lab:secret').toString('base64')}`) return false;
        response.writeHead(401, { 'www-authenticate': 'Basic realm="lab"' }).end();
        return true;
      };
      expect(await reasonOf()).toMatch(/does not let you read team\/app \(401\)$/);
      login();
      expect(await reasonOf()).toBeUndefined();
    });

    it('with a token, got once', async () => {
      fake.answer = ({ url = '', headers }, response) => {
        if (url.startsWith('/token')) {
          response.writeHead(200).end(JSON.stringify({ token: 'abc', expires_in: 300 }));
          return true;
        }
        if (headers.authorization === 'Bearer abc') return false;
        response
          .writeHead(401, {
            'www-authenticate': `Bearer realm="http://${fake.host}/token",service="lab",scope="repository:team/app:pull"`,
          })
          .end();
        return true;
      };
      expect(await reasonOf()).toBeUndefined();
      const tokens = fake.asked.filter(({ path }) => path.startsWith('/token'));
      expect(tokens.map(({ path }) => path)).toEqual(['/token?service=lab&scope=repository%3Ateam%2Fapp%3Apull']);
    });

    it('with what a helper of docker keeps, in trusted workspaces alone', async () => {
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      const helper = join(bin, 'docker-credential-lab');
      writeFileSync(helper, `#!/bin/sh\ncat > '${folder}/asked'\necho '{"Username":"lab","Secret":"secret"}'\n`);
      chmodSync(helper, 0o755);
      process.env['PATH'] = `${bin}:${process.env['PATH']}`;
      writeFileSync(join(folder, 'config.json'), JSON.stringify({ credsStore: 'lab' }));
      fake.answer = ({ headers }, response) => {
        if (headers.authorization !== undefined) return false;
        response.writeHead(401, { 'www-authenticate': 'Basic realm="lab"' }).end();
        return true;
      };
      expect(await reasonOf({ isTrusted: false })).toMatch(/401/);
      expect(await reasonOf({ isTrusted: true })).toBeUndefined();
    });

    it('and sends nothing of it to another host', async () => {
      const other = await startFakeRegistry();
      login();
      fake.answer = ({ url = '', headers }, response) => {
        if (headers.authorization === undefined)
          response.writeHead(401, { 'www-authenticate': 'Basic realm="lab"' }).end();
        else response.writeHead(307, { location: `http://${other.host}${url}` }).end();
        return true;
      };
      expect(await reasonOf()).toBeUndefined();
      expect(other.asked.length).toBeGreaterThan(0);
      expect(other.asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
      await other.close();
    });

    it('and names no secret when it fails', async () => {
      login();
      fake.answer = (_, response) => {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="lab"' }).end('secret');
        return true;
      };
      expect(await reasonOf()).not.toMatch(/secret|bGFi/);
    });
  });

  it('goes through the proxy of the environment', async () => {
    const { get } = await import('../../server/src/registry/http.node');
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket, head) => {
      asked.push(request.url ?? '');
      const { hostname, port } = new URL(`http://${fake.host}`);
      const upstream = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    for (const name of ['NO_PROXY', 'no_proxy', 'http_proxy']) delete process.env[name];
    process.env['HTTP_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const url = new URL('http://registry.example/v2/team/app/manifests/single');
    const answer = await get(url, { headers: {}, maxBytes: 10_000, signal: never });
    expect(answer.body.toString('utf8')).toBe(MANIFEST);
    expect(asked).toEqual(['registry.example:80']);
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  describe('tells what went wrong', () => {
    const always = (status: number, body: string | Buffer = '', headers: Record<string, string> = {}) => {
      fake.answer = (_, response) => {
        response.writeHead(status, headers).end(body);
        return true;
      };
    };

    it.each([
      [404, /has no such image: team\/app$/],
      [401, /does not let you read team\/app \(401\)$/],
      [403, /does not let you read team\/app \(403\)$/],
      [500, /answers 500 for team\/app$/],
    ])('at %d', async (status, reason) => {
      always(status);
      expect(await reasonOf()).toMatch(reason);
    });

    it('when it asks too often, and waits as long as it is told', async () => {
      let count = 0;
      fake.answer = (_, response) => {
        if (++count > 1) return false;
        response.writeHead(429, { 'retry-after': '0' }).end();
        return true;
      };
      expect(await reasonOf()).toBeUndefined();
      always(429, '', { 'retry-after': '3600' });
      const before = fake.asked.length;
      expect(await reasonOf()).toMatch(/takes no more requests for now \(429\)$/);
      expect(fake.asked).toHaveLength(before + 1);
    });

    it('when the answer is no JSON, no image, or not what was asked for', async () => {
      always(200, '{"schemaVersion":');
      expect(await reasonOf()).toBe('the registry sends what is no JSON');
      always(200, '{"schemaVersion":2}', { 'content-type': 'text/html' });
      expect(await reasonOf()).toBe('team/app:1.0 is no image that is understood');
      always(200, MANIFEST);
      const pinned = await registry().image({ ...app(), digest: digestOf('else') }, never);
      expect(pinned).toEqual({ ok: false, reason: 'the registry sends something else than was asked for' });
    });

    it('when the answer breaks off, is too long, or leads in circles', async () => {
      fake.answer = (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{');
        setTimeout(() => response.destroy(), 20);
        return true;
      };
      expect(await reasonOf()).toMatch(/cannot be reached/);
      always(200, Buffer.alloc(5 * 1024 * 1024, 32));
      expect(await reasonOf()).toMatch(/sends more than 4194304 bytes$/);
      let sent = 0;
      fake.answer = (_, response) => {
        const piece = Buffer.alloc(1024 * 1024, 32);
        response.writeHead(200);
        const more = () => {
          while (sent < 200 && !response.destroyed) {
            sent++;
            if (!response.write(piece)) return response.once('drain', more);
          }
          return response.end();
        };
        more();
        return true;
      };
      expect(await reasonOf()).toMatch(/sends more than 4194304 bytes$/);
      expect(sent).toBeLessThan(50);
      fake.answer = ({ url = '' }, response) => {
        response.writeHead(302, { location: url }).end();
        return true;
      };
      expect(await reasonOf()).toMatch(/leads from one address to the next$/);
      always(302, '', { location: 'http://example.com/' });
      expect(await reasonOf()).toMatch(/leads to an address that is not safe to ask$/);
    });

    it.each([
      ['http://127.0.0.1:1/x', 'https://hub.example.com/'],
      ['https://localhost/x', 'https://hub.example.com/'],
      ['https://10.1.2.3/x', 'https://203.0.113.5/'],
      ['https://169.254.169.254/latest', 'https://203.0.113.5/'],
      ['https://[fd00::1]/x', 'https://203.0.113.5/'],
      ['https://[::ffff:10.0.0.1]/x', 'https://203.0.113.5/'],
      ['http://203.0.113.6/x', 'https://203.0.113.5/'],
      ['http://10.1.2.3/x', 'http://127.0.0.1/'],
    ])('when it is led to %s from %s', async (to, from) => {
      expect(await mayLead(new URL(from), new URL(to))).toBe(false);
    });

    it('and not inside one network', async () => {
      for (const [from, to] of [
        ['https://10.0.0.1', 'https://10.0.0.2'],
        ['http://127.0.0.1:5000', 'http://localhost:5001'],
        ['https://10.0.0.1', 'https://203.0.113.5'],
      ] as const)
        expect(await mayLead(new URL(from), new URL(to))).toBe(true);
    });

    it('when the next page of tags is on another origin: the password is not sent there', async () => {
      const asked: string[] = [];
      const other = createServer(({ url = '' }, response) => {
        asked.push(url);
        response.end('{"tags":["stolen"]}');
      });
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as AddressInfo;
      always(200, '{"tags":["1.0"]}', { link: `<http://127.0.0.1:${port}/v2/team/app/tags/list>; rel="next"` });
      expect(await registry().tags(app(), never)).toEqual({ ok: true, value: ['1.0'] });
      expect(asked).toEqual([]);
      other.close();
    });

    it('when nobody is there, and when it is cancelled', async () => {
      await fake.close();
      expect(await reasonOf()).toMatch(/cannot be reached \(ECONNREFUSED\)$/);
      const controller = new AbortController();
      controller.abort();
      expect(await registry().image(app(), controller.signal)).toEqual({ ok: false, reason: 'cancelled' });
      fake = await startFakeRegistry();
    });

    it('when the proxy does not let it through', async () => {
      const asked: string[] = [];
      const proxy = createServer();
      proxy.on('connect', (request, socket) => {
        asked.push(request.url ?? '');
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
      process.env['HTTPS_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      delete process.env['NO_PROXY'];
      delete process.env['no_proxy'];
      delete process.env['https_proxy'];
      const answer = await registry().image({ registry: 'registry.example', repository: 'a', tag: '1' }, never);
      expect(answer.ok).toBe(false);
      expect(asked).toContain('registry.example:443');
      await new Promise((resolve) => proxy.close(resolve));
    });

    it('when it is too slow', async () => {
      const { get } = await import('../../server/src/registry/http.node');
      fake.answer = (_, response) => {
        response.writeHead(200);
        response.write(' ');
        return true;
      };
      const url = new URL(`http://${fake.host}/v2/`);
      const slow = get(url, { headers: {}, maxBytes: 100, signal: never, timeoutMs: 150 });
      await expect(slow).rejects.toThrow(/does not answer within 0.15 seconds$/);
    });
  });
});
