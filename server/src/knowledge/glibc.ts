import type { ImageReference } from '../dockerfile/model';
import { releaseInTag } from './distro';
import { parseTag } from './imageTag';
import type { ImageFacts } from './knowledgeBase';
import { releaseSince } from './releaseSince';

/** A release, and what follows `2.` in the version of its glibc. */
export interface Glibc {
  readonly release: string;
  readonly minor: number;
}

/** libc6 in packages.debian.org and packages.ubuntu.com, 2026-11. */
const MINOR: Readonly<Record<string, number>> = {
  xenial: 23,
  stretch: 24,
  bionic: 27,
  buster: 28,
  bullseye: 31,
  focal: 31,
  jammy: 35,
  bookworm: 36,
  noble: 39,
  trixie: 41,
};

/** The Debian releases that Google's distroless images have in their names. */
const DISTROLESS: Readonly<Record<string, string>> = { 10: 'buster', 11: 'bullseye', 12: 'bookworm', 13: 'trixie' };

/** The C library of an image, at least this old for a build image whose tag names no release. */
export function glibcOf(image: ImageReference, facts: ImageFacts | undefined): Glibc | undefined {
  if (image.digest !== undefined || !image.isLiteral) return undefined;
  const tag = parseTag(image.tag);
  const [, number = ''] = /(?:^|\/)distroless\/.{0,40}-debian(\d+)$/.exec(image.name) ?? [];
  const release = releaseInTag(tag) ?? DISTROLESS[number] ?? facts?.distroRelease ?? releaseSince(image.name, tag);
  const minor = release !== undefined && Object.hasOwn(MINOR, release) ? MINOR[release] : undefined;
  return release === undefined || minor === undefined ? undefined : { release, minor };
}
