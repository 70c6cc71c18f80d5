import { createHash } from 'node:crypto';
import { recordOf } from '../text/jsonValue';
import { AnswerCache } from './answerCache.node';
import { Authorization } from './authorization.node';
import { credentialsFor } from './credentials.node';
import { get, type HttpAnswer, HttpError, isLoopback } from './http.node';
import type { Registry, RegistryAnswer, RegistryOptions, RegistryReference, RemoteImage } from './registry';

const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
/**
 * Registries may refuse larger manifests:
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests
 */
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_PAGES = 20;
const FRESH_MS = 60 * 60 * 1000;
const HUB = 'registry-1.docker.io';

/** A client of the OCI distribution protocol: https://github.com/opencontainers/distribution-spec */
export function createRegistry(options: RegistryOptions): Registry {
  const client = new Client(options);
  return {
    image: (reference, signal) => answered(() => client.image(reference, signal)),
    tags: (reference, signal) => answered(() => client.tags(reference, signal)),
  };
}

async function answered<T>(ask: () => Promise<T>): Promise<RegistryAnswer<T>> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    return {
      ok: false,
      ...(error instanceof PlatformError ? { platforms: error.platforms } : {}),
      reason: error instanceof HttpError ? error.message : 'the registry answers what is not understood',
    };
  }
}

/** The image does not have the requested platform. */
class PlatformError extends HttpError {
  constructor(
    message: string,
    readonly platforms: readonly string[],
  ) {
    super(message);
  }
}

interface Place {
  readonly host: string;
  readonly repository: string;
}

class Client {
  readonly #authorization: Authorization;
  readonly #cache: AnswerCache;

  constructor(private readonly options: RegistryOptions) {
    this.#authorization = new Authorization((host) => credentialsFor(host, options.isTrusted));
    this.#cache = new AnswerCache(options.cacheFolder);
  }

  async image(reference: RegistryReference, signal: AbortSignal): Promise<RemoteImage> {
    const place = this.#place(reference);
    const version = reference.digest ?? reference.tag ?? 'latest';
    return this.#kept(`${place.host}/${place.repository}:${version} ${this.options.platform}`, async (etag) => {
      const first = await this.#manifest(place, version, signal, etag);
      if (first === 'same') return 'same';
      const digest = digestOf(first, reference.digest);
      let manifest = jsonOf(first);
      let platforms: readonly string[] | undefined;
      if (isIndex(first, manifest)) {
        platforms = platformsOf(manifest);
        const chosen = chosenOf(manifest, this.options.platform);
        if (chosen === undefined)
          throw new PlatformError(
            `${place.repository}:${version} has no image for ${this.options.platform}`,
            platforms,
          );
        const second = await this.#manifest(place, chosen, signal, undefined);
        if (second === 'same') throw new HttpError('the registry answers what is not understood');
        digestOf(second, chosen);
        manifest = jsonOf(second);
      }
      const { config, layers } = manifest;
      if (!isDescriptor(config) || !Array.isArray(layers) || !layers.every(isDescriptor))
        throw new HttpError(`${place.repository}:${version} is no image that is understood`);
      const value: RemoteImage = {
        digest,
        sizeBytes: layers.reduce((sum, { size }) => sum + size, config.size),
        ...(await this.#configuration(place, config.digest, signal)),
        ...(platforms ? { platforms } : {}),
      };
      return { value, etag: first.header('etag') };
    });
  }

  async tags(reference: RegistryReference, signal: AbortSignal): Promise<readonly string[]> {
    const place = this.#place(reference);
    return this.#kept(`${place.host}/${place.repository} tags`, async (etag) => {
      const tags: string[] = [];
      let url: URL | undefined = this.#url(place, 'tags/list?n=1000');
      let first: string | undefined;
      for (let page = 0; url && page < MAX_PAGES; page++) {
        const answer = await this.#get(place, url, 'application/json', signal, page === 0 ? etag : undefined);
        if (answer === 'same') return 'same';
        const { tags: found } = jsonOf(answer);
        if (!Array.isArray(found)) throw new HttpError(`${place.host} lists no tags of ${place.repository}`);
        tags.push(...found.filter((tag): tag is string => typeof tag === 'string'));
        first ??= answer.header('etag');
        url = nextPage(answer, url);
      }
      return { value: tags, etag: first };
    });
  }

  /** Returns the cached answer while it is fresh, else asks whether it has changed. */
  async #kept<T>(
    key: string,
    ask: (etag: string | undefined) => Promise<'same' | { value: T; etag: string | undefined }>,
  ) {
    const kept = this.#cache.get(key);
    if (kept && Date.now() - kept.at < FRESH_MS) return kept.value as T;
    const answer = await ask(kept?.etag);
    const value = answer === 'same' ? (kept?.value as T) : answer.value;
    this.#cache.set(key, { value, etag: answer === 'same' ? kept?.etag : answer.etag, at: Date.now() });
    return value;
  }

  #place({ registry, repository }: RegistryReference): Place {
    const isHub = registry === undefined || /^(?:index\.|registry-1\.)?docker\.io$/.test(registry);
    const host = isHub ? HUB : registry;
    const mirror = this.options.mirrors[isHub ? 'docker.io' : host];
    return {
      host: mirror ?? host,
      repository: isHub && !repository.includes('/') ? `library/${repository}` : repository,
    };
  }

  #url({ host, repository }: Place, path: string): URL {
    const address = `//${host}/v2/${repository}/${path}`;
    if (!URL.canParse(`https:${address}`)) throw new HttpError(`${host} is no name of a registry`);
    const url = new URL(`https:${address}`);
    if (isLoopback(url.hostname)) return new URL(`http:${address}`);
    return url;
  }

  async #manifest(place: Place, version: string, signal: AbortSignal, etag: string | undefined) {
    const accept = [...INDEXES, ...MANIFESTS].join(', ');
    return this.#get(place, this.#url(place, `manifests/${version}`), accept, signal, etag);
  }

  async #configuration(
    place: Place,
    digest: string,
    signal: AbortSignal,
  ): Promise<Omit<RemoteImage, 'digest' | 'sizeBytes'>> {
    const answer = await this.#get(place, this.#url(place, `blobs/${digest}`), '*/*', signal, undefined);
    if (answer === 'same') return {};
    digestOf(answer, digest);
    const { created, config, ...platform } = jsonOf(answer);
    const own = platformName(platform);
    const { User: user, Entrypoint: entrypoint } = recordOf(config) ?? {};
    return {
      ...(typeof created === 'string' ? { created } : {}),
      ...(typeof user === 'string' && user !== '' ? { user } : {}),
      ...(Array.isArray(entrypoint) ? { entrypoint: entrypoint.map(String) } : {}),
      ...(own === undefined ? {} : { platforms: [own] }),
    };
  }

  async #get(
    place: Place,
    url: URL,
    accept: string,
    signal: AbortSignal,
    etag: string | undefined,
  ): Promise<HttpAnswer | 'same'> {
    const ask = (authorization: string | undefined) =>
      get(url, {
        headers: {
          accept,
          ...(authorization === undefined ? {} : { authorization }),
          ...(etag === undefined ? {} : { 'if-none-match': etag }),
        },
        maxBytes: MAX_BYTES,
        signal,
      });
    let answer = await ask(this.#authorization.known(place.host, place.repository));
    const challenge = answer.status === 401 ? answer.header('www-authenticate') : undefined;
    if (challenge !== undefined) {
      const header = await this.#authorization.answer(url, place.repository, challenge, signal);
      if (header !== undefined) answer = await ask(header);
    }
    if (answer.status === 304) return 'same';
    if (answer.status !== 200) throw new HttpError(problemOf(place, answer.status));
    return answer;
  }
}

function problemOf({ host, repository }: Place, status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `${host} does not let you read ${repository} (${status})`;
    case 404:
      return `${host} has no such image: ${repository}`;
    case 429:
      return `${host} takes no more requests for now (429)`;
    default:
      return `${host} answers ${status} for ${repository}`;
  }
}

function jsonOf({ body }: HttpAnswer): Record<string, unknown> {
  try {
    return recordOf(JSON.parse(body.toString('utf8'))) ?? {};
  } catch {
    throw new HttpError('the registry sends what is no JSON');
  }
}

/** Computed from the body, so that neither a broken nor a forged answer passes for the image. */
function digestOf({ body }: HttpAnswer, wanted: string | undefined): string {
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  if (wanted !== undefined && wanted !== digest)
    throw new HttpError('the registry sends something else than was asked for');
  return digest;
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

function isDescriptor(value: unknown): value is Descriptor {
  const { digest, size } = recordOf(value) ?? {};
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) && typeof size === 'number' && size >= 0;
}

function isIndex(answer: HttpAnswer, manifest: Record<string, unknown>): boolean {
  const type = typeof manifest['mediaType'] === 'string' ? manifest['mediaType'] : answer.header('content-type');
  return INDEXES.includes(type?.split(';', 1)[0]?.trim() ?? '') || Array.isArray(manifest['manifests']);
}

/** All platforms of an index. Attestations are `unknown/unknown`. */
function platformsOf({ manifests }: Record<string, unknown>): string[] {
  const names = (Array.isArray(manifests) ? manifests : []).flatMap(
    (entry) => platformName(recordOf(recordOf(entry)?.['platform']) ?? {}) ?? [],
  );
  return [...new Set(names)];
}

function platformName({ os, architecture, variant }: Record<string, unknown>): string | undefined {
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === 'unknown') return undefined;
  return [os, architecture, ...(typeof variant === 'string' && variant !== '' ? [variant] : [])].join('/');
}

/** The digest of the platform's manifest. */
function chosenOf({ manifests }: Record<string, unknown>, platform: string): string | undefined {
  const [os, architecture, variant] = platform.split('/');
  const found = (Array.isArray(manifests) ? manifests : []).find((entry) => {
    const wanted = recordOf(recordOf(entry)?.['platform']) ?? {};
    return (
      isDescriptor(entry) &&
      wanted['os'] === os &&
      wanted['architecture'] === architecture &&
      (variant === undefined || wanted['variant'] === variant)
    );
  });
  return found && (found as Descriptor).digest;
}

/**
 * `Link: </v2/x/tags/list?last=z&n=1000>; rel="next"`, only on the same origin, because the request sends the same
 * password.
 */
function nextPage(answer: HttpAnswer, url: URL): URL | undefined {
  // Bounded: a header of a registry: Node.js reads 16 KB of them at most.
  const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(answer.header('link') ?? '')?.[1];
  if (link === undefined || !URL.canParse(link, url.href)) return undefined;
  const next = new URL(link, url);
  return next.origin === url.origin ? next : undefined;
}
