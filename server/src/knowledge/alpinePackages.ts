import type { ImageReference } from '../dockerfile/model';
import { isAtLeast } from './imageTag';
import type { ImageFacts } from './knowledgeBase';
import { isReleaseFrom } from './releaseOrder';

/**
 * Packages that Alpine no longer has: the first release known to lack them, and what has their files. From errors of
 * `apk add` in docker-library/python#496, docker-library-ghost#328, docker-library/php#1300 and #1515, psweb#10,
 * disney/meteor-base#93 and Automattic/vip-codespaces#116 (2026-12).
 */
const GONE: readonly { readonly names: RegExp; readonly since: string; readonly instead?: string }[] = [
  { names: /^python$/, since: '3.12', instead: 'python3' },
  { names: /^python-dev$/, since: '3.12', instead: 'python3-dev' },
  { names: /^nodejs-npm$/, since: '3.14', instead: 'npm' },
  { names: /^python2(?:-dev)?$/, since: '3.16' },
  { names: /^php[57](?:-[\w-]{1,40})?$/, since: '3.16' },
  { names: /^php8(?:-[\w-]{1,40})?$/, since: '3.18' },
  { names: /^php81(?:-[\w-]{1,40})?$/, since: '3.20' },
];

/**
 * The least release of Alpine behind tags that name none: those without a patch move on for as long as the version is
 * supported, and all of these were at 3.16 or later (PHP 8.0 in docker-library/repo-info@72e4be79 of 2023-02; 3.14 behind
 * node:14.18.1-alpine is from disney/meteor-base#93). A lower bound, chosen with room.
 */
const FLOORS: readonly { readonly name: string; readonly tags: RegExp; readonly release: string }[] = [
  { name: 'node', tags: /^(?:(?:1[4-9]|2\d|lts|current)-)?alpine$/, release: '3.16' },
  {
    name: 'node',
    tags: /^(?:14\.(?:1[89]|2\d)|16\.1[3-9]|(?:1[89]|2\d)\.\d{1,2})(?:\.\d{1,2})?-alpine$/,
    release: '3.14',
  },
  { name: 'python', tags: /^(?:3(?:\.(?:[7-9]|1\d))?-)?alpine$/, release: '3.16' },
  { name: 'php', tags: /^(?:(?:8(?:\.\d)?|7\.4)-)?(?:(?:cli|fpm|zts)-)?alpine$/, release: '3.16' },
  { name: 'golang', tags: /^(?:1(?:\.(?:19|2\d))?-)?alpine$/, release: '3.16' },
  { name: 'nginx', tags: /^(?:(?:stable|mainline)-)?alpine$/, release: '3.16' },
  { name: 'ruby', tags: /^(?:3(?:\.[1-9])?-)?alpine$/, release: '3.16' },
];

/** The release since which the Alpine of an image certainly lacks a package. */
export function alpineLacks(
  name: string,
  image: ImageReference,
  facts: ImageFacts,
): { readonly since: string; readonly instead?: string } | undefined {
  const gone = GONE.find(({ names }) => names.test(name));
  if (!gone || facts.distro !== 'alpine' || image.digest !== undefined) return undefined;
  const floor = FLOORS.find(({ name: of, tags }) => of === image.name && tags.test(image.tag ?? ''))?.release;
  const isBehind = floor !== undefined && isAtLeast(floor, gone.since);
  return isBehind || isReleaseFrom({ alpine: gone.since }, image, facts) ? gone : undefined;
}
