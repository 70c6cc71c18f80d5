import type { Site } from '../../app/site';
import { releaseInTag } from '../../knowledge/distro';
import { parseTag } from '../../knowledge/imageTag';
import { releaseSince } from '../../knowledge/releaseSince';
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

export function releaseInBuild(site: Site): BuildRelease | Guard {
  const { facts, stage, dockerfile } = site;
  if (facts.distro !== 'debian' || stage.base.kind !== 'image') return { site };
  const { tag: written, digest, name: image, isLiteral, tagSpan } = stage.base.image;
  const tag = parseTag(written);
  const parts = tag.version?.split('.').length ?? 0;
  // A three-part version stays on the release that was current when it came out. For other versions the newest release
  // is known.
  const isKnown = facts.distroRelease !== undefined && (releaseInTag(tag) !== undefined || parts < 3);
  const found = isKnown || digest !== undefined || !isLiteral ? undefined : releaseSince(image, tag);
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
