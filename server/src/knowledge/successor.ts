import type { Family } from './family';
import type { ImageTag } from './imageTag';

/** Java versions that Eclipse Temurin has images of, with long-term support. */
const TEMURIN_VERSIONS = ['8', '11', '17', '21', '25'];

/** What to write instead of a deprecated image: with a tag where one is certain, else the name alone. */
export function successorOf(family: Family, tag: ImageTag): string | undefined {
  const name = family.deprecated?.successor;
  if (name !== 'eclipse-temurin') return name;
  const version = /^\d+/.exec(tag.version ?? '')?.[0];
  if (version === undefined || !TEMURIN_VERSIONS.includes(version) || tag.isWindows) return name;
  const kind = tag.parts.includes('jre') ? 'jre' : 'jdk';
  return `${name}:${version}-${kind}${tag.isAlpine ? '-alpine' : ''}`;
}
