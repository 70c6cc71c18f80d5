import type { Family } from './family';
import { type ImageTag, isAtLeast } from './imageTag';

/** Releases whose slim variants exist for every version that was built on them. */
const SLIM_RELEASES = ['trixie', 'bookworm', 'bullseye', 'buster'];

/** The tag of the same version and distribution with less in it; undefined when the image's scheme has none. */
export function smallerTag(family: Family, tag: ImageTag): string | undefined {
  if (tag.isWindows) return undefined;
  if (family.scheme === 'java') return jreTag(tag);
  return family.slimSince === undefined ? undefined : slimTag(family, family.slimSince, tag);
}

function slimTag(
  family: Family,
  since: string,
  { version, parts, release, isAlpine, isSlim }: ImageTag,
): string | undefined {
  if (isAlpine || isSlim) return undefined;
  if (version !== undefined && !isAtLeast(version, since)) return undefined;
  const rest = parts.filter((part) => part !== release && part !== 'latest');
  // Anything else in the tag (onbuild, rc) has no slim twin that is certain.
  if (rest.length > 1 || (release !== undefined && !SLIM_RELEASES.includes(release))) return undefined;
  const names = family.names.includes('node') ? [...rest, release, 'slim'] : [...rest, 'slim', release];
  return names.filter((part) => part !== undefined).join('-');
}

/** `17`, `17-jdk`, `17-jdk-jammy` → the same with `jre`. */
function jreTag({ version, parts }: ImageTag): string | undefined {
  if (version === undefined || parts.includes('jre')) return undefined;
  const rest = parts.filter((part) => part !== 'jdk').slice(1);
  return [parts[0], 'jre', ...rest].join('-');
}
