import { mayLead } from './addressReach.node';
import type { Credentials } from './credentials.node';
import { get, HttpError } from './http.node';

const MAX_TOKEN_BYTES = 1024 * 1024;
/** The lifetime of tokens that do not specify one: https://distribution.github.io/distribution/spec/auth/token/ */
const LIFETIME_SECONDS = 60;

/** The authorization header for a registry, kept as long as it is valid. */
export class Authorization {
  readonly #kept = new Map<string, { readonly header: string; readonly until: number }>();

  constructor(private readonly credentialsFor: (host: string) => Promise<Credentials | undefined>) {}

  /** The header from an earlier request; undefined: there is none, or it has expired. */
  known(host: string, repository: string): string | undefined {
    const kept = this.#kept.get(`${host}/${repository}`);
    return kept && kept.until > Date.now() ? kept.header : undefined;
  }

  /** Answers the challenge of a 401; undefined if that is not possible. */
  async answer(registry: URL, repository: string, challenge: string, signal: AbortSignal): Promise<string | undefined> {
    const { host } = registry;
    const credentials = await this.credentialsFor(host);
    const [, scheme = '', rest = ''] = /^\s*(\w+)\s+(.*)$/s.exec(challenge) ?? [];
    const keep = (header: string, seconds: number): string => {
      this.#kept.set(`${host}/${repository}`, { header, until: Date.now() + seconds * 900 });
      return header;
    };
    if (scheme.toLowerCase() === 'basic') return credentials && keep(basic(credentials), LIFETIME_SECONDS);
    if (scheme.toLowerCase() !== 'bearer') return undefined;
    const { realm, service, scope } = parametersOf(rest);
    if (realm === undefined || !URL.canParse(realm)) throw new HttpError(`${host} names no place to get a token`);
    const url = new URL(realm);
    if (!(await mayLead(registry, url)))
      throw new HttpError(`${host} names a place to get a token that is not safe to ask`);
    if (service !== undefined) url.searchParams.set('service', service);
    url.searchParams.set('scope', scope ?? `repository:${repository}:pull`);
    const headers: Record<string, string> = credentials ? { authorization: basic(credentials) } : {};
    const { status, body } = await get(url, { headers, maxBytes: MAX_TOKEN_BYTES, signal });
    if (status !== 200) throw new HttpError(`${url.host} gives no token for ${repository} (${status})`);
    const token = tokenIn(body);
    if (!token) throw new HttpError(`${url.host} gives no token for ${repository}`);
    return keep(`Bearer ${token.value}`, token.seconds);
  }
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function parametersOf(text: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...text.matchAll(/(?<!\w)(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, plain]) => [
      name.toLowerCase(),
      quoted ?? plain,
    ]),
  );
}

function tokenIn(body: Buffer): { value: string; seconds: number } | undefined {
  try {
    const {
      token,
      access_token: other,
      expires_in: seconds,
    } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const value = typeof token === 'string' ? token : other;
    if (typeof value !== 'string' || /[\r\n]/.test(value)) return undefined;
    return { value, seconds: typeof seconds === 'number' && seconds > 0 ? seconds : LIFETIME_SECONDS };
  } catch {
    return undefined;
  }
}
