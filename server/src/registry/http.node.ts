import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { mayLead } from './addressReach.node';

const TIMEOUT_MS = 15_000;
const MAX_REDIRECTS = 5;
const MAX_TRIES = 3;
const FIRST_DELAY_MS = 400;
/** If a registry asks for a longer delay, we give up for now. */
const LONGEST_DELAY_MS = 5_000;

export interface HttpAnswer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Buffer;
}

export interface HttpOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** A longer response body is an error. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

/** Its message names the host, and never contains a header. */
export class HttpError extends Error {}

/**
 * GET with redirects, timeouts and retries. Proxies come from HTTPS_PROXY and the like, custom certificates from
 * NODE_EXTRA_CA_CERTS. Credentials are not forwarded to another host.
 */
export async function get(url: URL, options: HttpOptions): Promise<HttpAnswer> {
  for (let tries = 1; ; tries++) {
    try {
      const answer = await follow(url, options);
      const isPassing = answer.status === 429 || answer.status >= 500;
      const delay = isPassing && tries < MAX_TRIES ? delayOf(answer, tries) : undefined;
      if (delay === undefined || delay > LONGEST_DELAY_MS) return answer;
      await wait(delay, undefined, { signal: options.signal });
    } catch (error) {
      if (options.signal.aborted) throw new HttpError('cancelled');
      if (error instanceof HttpError || tries >= MAX_TRIES) throw asHttpError(url, error);
      await wait(FIRST_DELAY_MS * 2 ** (tries - 1), undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
}

/** `Retry-After` is in seconds or a date. */
function delayOf(answer: HttpAnswer, tries: number): number {
  const written = answer.header('retry-after');
  if (written === undefined) return FIRST_DELAY_MS * 2 ** (tries - 1);
  const seconds = /^\d+$/.test(written) ? Number(written) * 1000 : Date.parse(written) - Date.now();
  return Number.isFinite(seconds) ? Math.max(seconds, 0) : FIRST_DELAY_MS;
}

function asHttpError(url: URL, error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const { code } = error as { code?: unknown };
  return new HttpError(`${url.host} cannot be reached${typeof code === 'string' ? ` (${code})` : ''}`);
}

async function follow(start: URL, options: HttpOptions): Promise<HttpAnswer> {
  let url = start;
  for (let count = 0; count <= MAX_REDIRECTS; count++) {
    const headers = url.host === start.host ? options.headers : withoutSecrets(options.headers);
    const answer = await once(url, { ...options, headers });
    const location = [301, 302, 303, 307, 308].includes(answer.status) ? answer.header('location') : undefined;
    if (location === undefined) return answer;
    const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (!next || !(await mayLead(start, next)))
      throw new HttpError(`${url.host} leads to an address that is not safe to ask`);
    url = next;
  }
  throw new HttpError(`${start.host} leads from one address to the next`);
}

function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:authorization|cookie)$/i.test(name)));
}

function once(url: URL, { headers, maxBytes, signal, timeoutMs = TIMEOUT_MS }: HttpOptions): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const proxy = isLoopback(url.hostname) ? '' : getProxyForUrl(url.href);
    const limit = AbortSignal.timeout(timeoutMs);
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      {
        headers: { 'user-agent': 'dockerfile-optimizer', ...headers },
        signal: AbortSignal.any([signal, limit]),
        ...(proxy === '' ? {} : { agent: new HttpsProxyAgent(proxy) }),
      },
      (response) => collect(response, maxBytes).then(resolve, reject),
    );
    const fail = (error: Error): void => {
      reject(limit.aborted ? new HttpError(`${url.host} does not answer within ${timeoutMs / 1000} seconds`) : error);
    };
    request.on('error', fail);
    request.end();

    async function collect(response: IncomingMessage, most: number): Promise<HttpAnswer> {
      const chunks: Buffer[] = [];
      let length = 0;
      try {
        for await (const chunk of response as AsyncIterable<Buffer>) {
          length += chunk.length;
          if (length > most) {
            response.destroy();
            throw new HttpError(`${url.host} sends more than ${most} bytes`);
          }
          chunks.push(chunk);
        }
      } catch (error) {
        if (limit.aborted) throw new HttpError(`${url.host} does not answer within ${timeoutMs / 1000} seconds`);
        throw error;
      }
      if (!response.complete) throw Object.assign(new Error('cut off'), { code: 'ECONNRESET' });
      return {
        status: response.statusCode ?? 0,
        header: (name) => {
          const value = response.headers[name];
          return Array.isArray(value) ? value[0] : value;
        },
        body: Buffer.concat(chunks),
      };
    }
  });
}

/** Hosts that may be asked without encryption, as in Docker. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}
