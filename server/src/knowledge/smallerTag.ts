import { distroInTag, releaseInTag } from './distro';
import type { Family, SlimTags } from './family';
import { type ImageTag, isAtLeast } from './imageTag';

/** Releases with a slim variant of every version that was built on them. */
const SLIM_RELEASES = ['trixie', 'bookworm', 'bullseye', 'buster'];

/** A smaller tag of the same version and distribution; undefined when the image's tag scheme does not guarantee one. */
export function smallerTag(family: Family, tag: ImageTag): string | undefined {
  if (distroInTag(tag) === 'windows') return undefined;
  if (family.hasJre) return jreTag(tag);
  return family.slim && slimTag(family.slim, tag);
}

function slimTag({ since, place, words = [] }: SlimTags, tag: ImageTag): string | undefined {
  const release = releaseInTag(tag);
  if (release !== undefined && !SLIM_RELEASES.includes(release)) return undefined;
  const rest = tag.parts.filter((part) => part !== release && part !== 'latest');
  const [version, more] = rest;
  // Any other part of the tag (onbuild, rc, alpine, slim itself) means that a slim equivalent is not guaranteed.
  if (more !== undefined) return undefined;
  if (version !== undefined && !words.includes(version)) {
    if (!/^\d+(?:\.\d+)*$/.test(version) || !isAtLeast(version, since)) return undefined;
  }
  const ends = place === 'before-release' ? ['slim', release] : [release, 'slim'];
  return [version, ...ends].filter((part) => part !== undefined).join('-');
}

/** Version, build (`8u392-b08`), kind, and base. */
const JDK_TAG =
  /^(?<version>\d+(?:[._u]\d+)*(?:-b\d+)?)(?:-jdk)?(?<rest>(?:-(?:alpine(?:-?\d+\.\d+)?|ubi\d+-minimal|[a-z]+))?)$/;

/** `17`, `17-jdk`, `17-jdk-jammy` → the same with `jre`. */
function jreTag(tag: ImageTag): string | undefined {
  const { version, rest = '' } = JDK_TAG.exec(tag.text)?.groups ?? {};
  if (version === undefined || (rest !== '' && distroInTag(tag) === undefined)) return undefined;
  const major = Number.parseInt(version, 10);
  // There are no such images for the versions in between.
  const hasJre = major === 8 || major === 11 || major >= 17;
  return hasJre ? `${version}-jre${rest}` : undefined;
}
