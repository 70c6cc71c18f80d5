import type { Site } from '../../app/site';
import { releaseInTag } from '../../knowledge/distro';
import { type ImageTag, isAtLeast, parseTag } from '../../knowledge/imageTag';
import { type Guard, refuse } from '../transform';

/** A stage with the Debian release that its program is built on. */
export interface BuildRelease {
  readonly site: Site;
  /**
   * The builder's image with a tag that names the release, so that both stages stay on the same one; undefined if its
   * own tag names it.
   */
  readonly buildImage?: string;
}

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

export function releaseInBuild(site: Site): BuildRelease | Guard {
  const { facts, stage, dockerfile } = site;
  if (facts.distro !== 'debian' || stage.base.kind !== 'image') return { site };
  const { tag: written, digest, name: image, isLiteral, tagSpan } = stage.base.image;
  const tag = parseTag(written);
  const parts = tag.version?.split('.').length ?? 0;
  // A three-part version stays on the release that was current when it came out. For other versions the newest release
  // is known.
  const isKnown = facts.distroRelease !== undefined && (releaseInTag(tag) !== undefined || parts < 3);
  const releases = Object.hasOwn(RELEASES, image) ? RELEASES[image] : undefined;
  const found = isKnown || digest !== undefined || !isLiteral ? undefined : releaseOf(tag, releases ?? []);
  if (found === undefined || found === facts.distroRelease)
    return facts.distroRelease === undefined
      ? refuse(
          'the image tag does not name a Debian release, so the C library is unknown: add the release, as in `-bookworm`',
        )
      : { site };
  const span = stage.from.args[0]?.span ?? stage.from.span;
  const name = dockerfile.text.slice(span.start, tagSpan ? tagSpan.start - 1 : span.end);
  const plain = tag.text === 'latest' ? '' : `${tag.text}-`;
  return { site: { ...site, facts: { ...facts, distroRelease: found } }, buildImage: `${name}:${plain}${found}` };
}

function releaseOf({ text, version }: ImageTag, releases: readonly { since: string; release: string }[]) {
  // `1` and `latest` mean the newest version.
  if (/^(?:latest|slim|1|1-slim|nightly)$/.test(text)) return releases[0]?.release;
  return version === undefined ? undefined : releases.find(({ since }) => isAtLeast(version, since))?.release;
}
