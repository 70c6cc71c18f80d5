import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ASK = `import { get } from './server/src/registry/http.node';
get(new URL(process.argv[2] ?? ''), { headers: {}, maxBytes: 100, signal: new AbortController().signal }).then(
  ({ status }) => console.log(status),
  ({ message }) => console.log(message),
);`;

/** Node reads NODE_EXTRA_CA_CERTS when it starts, so another one is started. */
it.skipIf(spawnSync('openssl', ['version']).status !== 0)(
  'a registry with a certificate of its own is trusted where NODE_EXTRA_CA_CERTS names it, and else not',
  async () => {
    const [key, certificate, script] = ['key.pem', 'cert.pem', 'ask.cjs'].map((name) => join(folder, name));
    if (key === undefined || certificate === undefined || script === undefined) throw new Error('names');
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const made = ['-nodes', '-days', '2', ...subject, '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...made], { stdio: 'ignore' });
    const stdin = { contents: ASK, resolveDir: process.cwd(), loader: 'ts' } as const;
    const { outputFiles } = await build({ stdin, bundle: true, platform: 'node', format: 'cjs', write: false });
    writeFileSync(script, outputFiles[0]?.contents ?? '');
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) => {
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const ask = async (env: Record<string, string>) => {
      const url = `https://localhost:${(server.address() as AddressInfo).port}/v2/`;
      const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
      const answer = await promisify(execFile)(process.execPath, [script, url], { env: { ...inherited, ...env } });
      return answer.stdout.trim();
    };
    try {
      expect(await ask({ NODE_EXTRA_CA_CERTS: certificate })).toBe('204');
      expect(await ask({})).toMatch(/^localhost:\d+ cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  },
);
