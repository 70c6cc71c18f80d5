import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registry on loopback that answers as a test wants, and records its requests. */
export interface FakeRegistry {
  readonly host: string;
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  /** Answers instead of the image; undefined: as a registry should. */
  answer: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  close(): Promise<void>;
}

export const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const CONFIG = JSON.stringify({ created: '2026-08-01T00:00:00Z', config: { User: 'app', Entrypoint: ['/a'] } });
export const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: { digest: digestOf(CONFIG), size: 10 },
  layers: [
    { digest: digestOf('a'), size: 100 },
    { digest: digestOf('b'), size: 200 },
  ],
});
export const INDEX = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    { digest: digestOf('other'), size: 1, platform: { os: 'linux', architecture: 'arm64' } },
    { digest: digestOf(MANIFEST), size: MANIFEST.length, platform: { os: 'linux', architecture: 'amd64' } },
  ],
});

export async function startFakeRegistry(): Promise<FakeRegistry> {
  const asked: FakeRegistry['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    if (registry.answer?.(request, response)) return;
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry: FakeRegistry = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return registry;
}

function serve({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
  const send = (body: string, type: string, more: Record<string, string> = {}) => {
    const etag = `"${digestOf(body)}"`;
    if (headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': type, etag, ...more }).end(body);
  };
  const at = (path: string) => url === `/v2/team/app/${path}`;
  if (at('manifests/1.0')) send(INDEX, 'application/vnd.oci.image.index.v1+json');
  else if (at('manifests/single') || at(`manifests/${digestOf(MANIFEST)}`))
    send(MANIFEST, 'application/vnd.oci.image.manifest.v1+json');
  else if (at(`blobs/${digestOf(CONFIG)}`)) send(CONFIG, 'application/octet-stream');
  else if (at('tags/list?n=1000'))
    send('{"tags":["1.0","1.0.1"]}', 'application/json', {
      link: '</v2/team/app/tags/list?n=1000&last=1.0.1>; rel="next"',
    });
  else if (at('tags/list?n=1000&last=1.0.1')) send('{"tags":["1.0.2"]}', 'application/json');
  else response.writeHead(404).end('{}');
}
