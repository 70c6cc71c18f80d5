import type { ImageReference } from '../dockerfile/model';
import { distroInTag } from './distro';
import { parseTag } from './imageTag';
import type { ImageFacts } from './knowledgeBase';

/**
 * Versions that eclipse-temurin has images with only the JRE of, on Ubuntu and, since 17 and for 8 and 11, on Alpine
 * (adoptium/containers@d8d18d67 and its history, 2026-08).
 */
const JRE_VERSIONS = new Set([8, 11, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26]);

/** Images that are a JDK, or a build tool on one, and have no variant with a JRE that is still updated. */
const JDK_IMAGES = /^(?:openjdk|java|adoptopenjdk|amazoncorretto|maven|gradle)$/;

/** Programs that the JRE images of eclipse-temurin have beside Java, by the Dockerfiles of 2026-08. */
export const TEMURIN_PROGRAMS: Readonly<Record<'ubuntu' | 'alpine', readonly string[]>> = {
  ubuntu: ['curl', 'wget', 'gnupg', 'fontconfig', 'ca-certificates', 'tzdata', 'locales'],
  alpine: ['fontconfig', 'ttf-dejavu', 'gnupg', 'ca-certificates', 'tzdata', 'openssl', 'coreutils'],
};

export type JavaRuntime =
  /** `isSame`: the same maker, distribution and release, without the compiler. */
  | { readonly image: string; readonly isSame: boolean; readonly version: number | undefined }
  /** `unknown`: its tag does not tell the version. `none`: there is no JRE of this version. `pinned`: by a digest. */
  | { readonly lacks: 'unknown' | 'none' | 'pinned'; readonly version: number | undefined };

/** The image with only the JRE for one with a JDK; undefined for other images. */
export function javaRuntimeOf(
  { registry, repository, tag: written, digest }: ImageReference,
  facts: ImageFacts,
  wanted?: number,
): JavaRuntime | undefined {
  const name = repository.split('/').at(-1) ?? '';
  const tag = parseTag(written);
  if (distroInTag(tag) === 'windows' || tag.parts.includes('jre')) return undefined;
  const folder = repository.slice(0, -name.length);
  const prefix = `${registry === undefined ? '' : `${registry}/`}${folder}`;
  const version = versionIn(name, tag.text) ?? wanted;
  if (name !== 'eclipse-temurin' && !JDK_IMAGES.test(name)) return undefined;
  if (digest !== undefined) return { lacks: 'pinned', version };
  if (name === 'eclipse-temurin' && facts.smaller)
    return { image: `${prefix}${name}:${facts.smaller.tag}`, isSame: true, version };
  if (version === undefined) return { lacks: 'unknown', version };
  if (!JRE_VERSIONS.has(version)) return { lacks: 'none', version };
  // Amazon's gallery has the official images in a folder, and Corretto beside it.
  const place = name === 'amazoncorretto' && folder === 'amazoncorretto/' ? '' : prefix;
  const isAlpine = distroInTag(tag) === 'alpine';
  return { image: `${place}eclipse-temurin:${version}-jre${isAlpine ? '-alpine' : ''}`, isSame: false, version };
}

/** `17` of `17.0.2-slim`, of maven's `3.9-eclipse-temurin-17`, of gradle's `8-jdk17`. */
function versionIn(name: string, tag: string): number | undefined {
  const found =
    name === 'maven' || name === 'gradle'
      ? /(?:temurin|jdk|corretto|java)-?(\d+)/.exec(tag)
      : /^(\d+)(?=\D|$)/.exec(tag);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
