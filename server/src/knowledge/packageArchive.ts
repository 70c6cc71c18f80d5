import type { ImageFacts } from './knowledgeBase';

/**
 * Releases whose packages are gone from the servers that their images use. Debian moves them to archive.debian.org.
 * Ubuntu moves releases without long-term support to old-releases.ubuntu.com (both checked in 2026-11).
 */
const MOVED: Readonly<Record<string, readonly string[]>> = {
  debian: ['squeeze', 'wheezy', 'jessie', 'stretch', 'buster'],
  ubuntu: [
    'cosmic',
    'disco',
    'eoan',
    'groovy',
    'hirsute',
    'impish',
    'kinetic',
    'lunar',
    'mantic',
    'oracular',
    'plucky',
  ],
};

/** True where `apt-get update` fails in an image of that release: our steps must not call it there. */
export function hasNoPackages({ distro, distroRelease = '' }: Pick<ImageFacts, 'distro' | 'distroRelease'>): boolean {
  return distro !== undefined && (MOVED[distro] ?? []).includes(distroRelease);
}
