import type { Distro } from './knowledgeBase';

/** A tag of the official images in its parts: `3.11-slim-bookworm`, `17-jre-alpine`, `8.0-noble-chiseled`. */
export interface ImageTag {
  /** `3.11`; undefined for `latest`, `slim`, `bookworm`. */
  readonly version: string | undefined;
  /** All parts, in order. */
  readonly parts: readonly string[];
  readonly isAlpine: boolean;
  readonly isSlim: boolean;
  readonly isWindows: boolean;
  /** `bookworm`, `noble`; undefined when the tag names none. */
  readonly release: string | undefined;
}

const DEBIAN_RELEASES = ['trixie', 'bookworm', 'bullseye', 'buster', 'stretch', 'jessie', 'wheezy', 'sid'];
const UBUNTU_RELEASES = ['resolute', 'noble', 'jammy', 'focal', 'bionic', 'xenial'];

export function parseTag(tag: string | undefined): ImageTag {
  const parts = (tag ?? 'latest').toLowerCase().split('-');
  const [first = ''] = parts;
  return {
    version: /^v?\d/.test(first) ? first.replace(/^v/, '') : undefined,
    parts,
    isAlpine: parts.some((part) => part.startsWith('alpine')),
    isSlim: parts.includes('slim'),
    isWindows: parts.some((part) => /^(?:windowsservercore|nanoserver|ltsc20\d\d)/.test(part)),
    release: parts.find((part) => DEBIAN_RELEASES.includes(part) || UBUNTU_RELEASES.includes(part)),
  };
}

export function distroOfRelease(release: string | undefined): Distro | undefined {
  if (release === undefined) return undefined;
  return DEBIAN_RELEASES.includes(release) ? 'debian' : 'ubuntu';
}

/** Compares dotted numbers; a missing part is 0. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [a, b] = [version, minimum].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let index = 0; index < Math.max(a?.length ?? 0, b?.length ?? 0); index++) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
