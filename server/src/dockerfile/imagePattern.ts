import { matchesStars } from '../text/starPattern';
import type { ImageReference } from './model';

/** Images that a configuration names: `node:22-*`, `ghcr.io/acme/*`, `*@sha256:*`. */
export interface ImagePattern {
  readonly written: string;
  /** With its registry: `docker.io/library/node`. */
  readonly name: string;
  /** Undefined: any tag, or none. */
  readonly tag: string | undefined;
  /** Undefined: with or without a digest. */
  readonly digest: string | undefined;
}

const PATTERN =
  /^(?<name>[\w*][\w.*\-/]*(?::[\d*]+\/[\w.*\-/]+)?)(?::(?<tag>[\w.*-]+))?(?:@(?<digest>[\w*+.-]+(?::[\w*]+)?))?$/;

/** Undefined when no image could match. */
export function parseImagePattern(written: string): ImagePattern | undefined {
  const groups = PATTERN.exec(written)?.groups;
  const name = groups?.['name'];
  if (!groups || name === undefined) return undefined;
  return { written, name: fullPattern(name), tag: groups['tag'], digest: groups['digest'] };
}

/** Docker Hub is the registry of a name without one, as in Docker itself; only `*` stands for every image. */
function fullPattern(name: string): string {
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return name === '*' ? name : `docker.io/library/${name}`;
  return /[.:*]/.test(first) || first === 'localhost' ? name : `docker.io/${name}`;
}

/** Other names of Docker Hub. */
const HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

function fullName({ registry = 'docker.io', repository }: ImageReference): string {
  if (!HUB.has(registry)) return `${registry}/${repository}`;
  return `docker.io/${repository.includes('/') ? repository : `library/${repository}`}`;
}

export function matchesImage(image: ImageReference, { name, tag, digest }: ImagePattern): boolean {
  if (!matchesStars(fullName(image), name)) return false;
  if (digest !== undefined && (image.digest === undefined || !matchesStars(image.digest, digest))) return false;
  // With only a digest, the tag is unknown.
  const own = image.tag ?? (image.digest === undefined ? 'latest' : undefined);
  return tag === undefined || (own !== undefined && matchesStars(own, tag));
}

/** True for every tag and digest of the image. */
export function matchesName(image: ImageReference, { name }: ImagePattern): boolean {
  return matchesStars(fullName(image), name);
}
