import { type ImageTag, isAtLeast } from './imageTag';

/**
 * Which releases have their own tags, newest version first (docker-library/official-images of golang and gcc,
 * rust-lang/docker-rust and docker-rust-nightly, 2026-11). Versions older than the last entry have none.
 */
const RELEASES: Readonly<Record<string, readonly { readonly since: string; readonly release: string }[]>> = {
  golang: [
    { since: '1.25', release: 'trixie' },
    { since: '1.21', release: 'bookworm' },
    { since: '1.17', release: 'bullseye' },
  ],
  rust: [
    { since: '1.90', release: 'trixie' },
    { since: '1.71', release: 'bookworm' },
    { since: '1.56', release: 'bullseye' },
  ],
  'rustlang/rust': [{ since: '0', release: 'bookworm' }],
  debian: [{ since: '13', release: 'trixie' }],
  gcc: [
    { since: '14', release: 'trixie' },
    { since: '12.3', release: 'bookworm' },
  ],
};

/** The newest Debian release that images with this version have been built on; undefined if the tag shows none. */
export function releaseSince(name: string, { text, version }: ImageTag): string | undefined {
  const releases = Object.hasOwn(RELEASES, name) ? RELEASES[name] : undefined;
  // `1` and `latest` mean the newest version.
  if (/^(?:latest|slim|1|1-slim|nightly)$/.test(text)) return releases?.[0]?.release;
  return version === undefined ? undefined : releases?.find(({ since }) => isAtLeast(version, since))?.release;
}
