import { randomUUID, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';

/** The token server of a registry: anyone may pull; with credentials, also push. */
export interface TokenServerOptions {
  readonly port: number;
  /** PEM: the key that signs the tokens. */
  readonly key: string;
  /** PEM: the certificate that the registry trusts. */
  readonly certificate: string;
  readonly issuer: string;
  /** The only accepted `authorization` header. */
  readonly authorization: string;
}

/** Issues tokens according to https://distribution.github.io/distribution/spec/auth/jwt/ */
export async function startTokenServer(options: TokenServerOptions): Promise<Server> {
  const server = createServer(({ url = '', headers: { authorization } }, response) => {
    if (authorization !== undefined && authorization !== options.authorization) return response.writeHead(401).end();
    const query = new URL(url, 'http://localhost').searchParams;
    const access = query.getAll('scope').map((scope) => {
      const [type, name, actions = ''] = scope.split(':');
      const isKnown = authorization !== undefined;
      return { type, name, actions: actions.split(',').filter((action) => isKnown || action === 'pull') };
    });
    const token = tokenOf({ aud: query.get('service'), access }, options);
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token }));
  });
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve));
  return server;
}

function tokenOf(claims: object, { key, certificate, issuer }: TokenServerOptions): string {
  const chain = [certificate.replace(/-----[^-]+-----|\s/g, '')];
  const now = Math.floor(Date.now() / 1000);
  const times = { nbf: now - 10, iat: now, exp: now + 60 };
  const payload = { iss: issuer, sub: 'lab', jti: randomUUID(), ...times, ...claims };
  const text = [{ typ: 'JWT', alg: 'RS256', x5c: chain }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
