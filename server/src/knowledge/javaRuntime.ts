import type { ImageReference } from '../dockerfile/model';
import { baseName } from '../text/paths';
import { distroInTag } from './distro';
import { type ImageTag, isAtLeast, parseTag } from './imageTag';
import type { ImageFacts } from './knowledgeBase';

/**
 * Versions for which eclipse-temurin has JRE images: on Ubuntu and, for 8, 11 and 17 or later, on Alpine
 * (adoptium/containers@d8d18d67 and its history, 2026-08).
 */
const JRE_VERSIONS = new Set([8, 11, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26]);

/** The first version that it builds for arm64 on Alpine; Corretto has such images before (the same, 2026-11). */
const ARM_ON_ALPINE = 21;

/** Images of a JDK, or of a build tool on one, without a JRE variant that is still updated. */
const JDK_IMAGES = /^(?:openjdk|java|adoptopenjdk|openjdk\d+|amazoncorretto|maven|gradle|scala-sbt|clojure)$/;

/**
 * JDK images of other vendors, and their JRE images: docker-library/official-images library/ibm-semeru-runtimes,
 * zulu-openjdk/zulu-openjdk and bell-sw/Liberica docker/repos (2026-11).
 */
const OF_VENDORS: readonly { readonly jdk: RegExp; readonly jre: string }[] = [
  { jdk: /^(ibm-semeru-runtimes:open-(?:8|1[17]|2[156]))-jdk(-jammy|-noble|)$/, jre: '$1-jre$2' },
  { jdk: /^(azul\/zulu-openjdk(?:-alpine|-debian)?:(?:8|11|17|21))(-latest|)$/, jre: '$1-jre$2' },
  {
    jdk: /^(bellsoft\/liberica-open)jdk(-(?:alpine|alpine-musl|debian):(?:8|1[17]|2[1-6]))$/,
    jre: '$1jre$2',
  },
];

/** Folders of Docker Hub and other registries that contain these images, but not eclipse-temurin. */
const OWN_FOLDERS = /^(?:amazoncorretto|adoptopenjdk|sbtscala|hseeberger)\/$/;

/**
 * Each Tomcat tag with a Temurin JDK has an equivalent with `jre`, starting with these releases where the tag names a
 * full release. Tags that name no JDK contain JDK `TOMCAT_JAVA` (docker-library/official-images library/tomcat and its
 * history, 2026-08).
 */
const TOMCAT_SINCE: readonly string[] = ['8.5.82', '9.0.65', '10.0.23', '10.1.0', '11.0.0'];
const TOMCAT_JAVA = 25;

/** Programs other than Java in the JRE images of eclipse-temurin, from the Dockerfiles of 2026-08. */
export const TEMURIN_PROGRAMS: Readonly<Record<'ubuntu' | 'alpine', readonly string[]>> = {
  ubuntu: ['curl', 'wget', 'gnupg', 'fontconfig', 'ca-certificates', 'tzdata', 'locales'],
  alpine: ['fontconfig', 'ttf-dejavu', 'gnupg', 'ca-certificates', 'tzdata', 'openssl', 'coreutils'],
};

export type JavaRuntime =
  /** `isSame`: same vendor, distribution and release, without the compiler. */
  | {
      readonly image: string;
      readonly isSame: boolean;
      readonly version: number | undefined;
      /** The new tag names the version; the old one did not. */
      readonly isHeld?: boolean;
    }
  /**
   * `unknown`: the tag does not name the version. `none`: there is no JRE of this version. `arm`: there is none for a
   * platform that the image has. `pinned`: by a digest.
   */
  | { readonly lacks: 'unknown' | 'none' | 'arm' | 'pinned'; readonly version: number | undefined };

/** The JRE image that replaces a JDK image; undefined for other images. */
export function javaRuntimeOf(
  { registry, repository, tag: written, digest }: ImageReference,
  facts: ImageFacts,
  wanted?: number,
): JavaRuntime | undefined {
  const name = baseName(repository);
  const tag = parseTag(written);
  // Corretto's `headless` has no compiler either (corretto/corretto-docker 17/headless, 2026-11).
  if (distroInTag(tag) === 'windows' || tag.parts.some((part) => part === 'jre' || part === 'headless'))
    return undefined;
  const folder = repository.slice(0, -name.length);
  const prefix = `${registry === undefined ? '' : `${registry}/`}${folder}`;
  if (name === 'tomcat') return tomcatRuntime(`${prefix}${name}`, tag, digest);
  const own = `${repository}:${written ?? ''}`;
  const vendor = OF_VENDORS.find(({ jdk }) => jdk.test(own));
  const version = (vendor ? Number(/\d+/.exec(tag.text)?.[0]) : versionIn(name, tag.text)) ?? wanted;
  if (vendor && digest !== undefined) return { lacks: 'pinned', version };
  if (vendor) {
    const image = own.replace(vendor.jdk, vendor.jre);
    return { image: registry === undefined ? image : `${registry}/${image}`, isSame: true, version };
  }
  if (name !== 'eclipse-temurin' && !JDK_IMAGES.test(name)) return undefined;
  if (digest !== undefined) return { lacks: 'pinned', version };
  if (name === 'eclipse-temurin' && facts.smaller)
    return { image: `${prefix}${name}:${facts.smaller.tag}`, isSame: true, version };
  if (version === undefined) return { lacks: 'unknown', version };
  if (!JRE_VERSIONS.has(version)) return { lacks: 'none', version };
  // Amazon's gallery has the official images in a folder, and Corretto next to it.
  const place = OWN_FOLDERS.test(folder) ? '' : prefix;
  const isAlpine = distroInTag(tag) === 'alpine';
  if (isAlpine && version < ARM_ON_ALPINE && name === 'amazoncorretto') return { lacks: 'arm', version };
  return { image: `${place}eclipse-temurin:${version}-jre${isAlpine ? '-alpine' : ''}`, isSame: false, version };
}

function tomcatRuntime(name: string, { text }: ImageTag, digest: string | undefined): JavaRuntime | undefined {
  const [, tomcat, jdk, rest = ''] = /^(?:(\d+(?:\.\d+)*)-)?jdk(\d+)(-temurin(?:-[a-z]+)?)?$/.exec(text) ?? [];
  const isPlain = /^(?:latest|9|9\.0|1[01]|10\.1|11\.0)$/.test(text);
  const version = jdk === undefined ? TOMCAT_JAVA : Number(jdk);
  if (jdk === undefined && !isPlain)
    return /^\d+(?:\.\d+){0,3}$/.test(text) ? { lacks: 'unknown', version: undefined } : undefined;
  const isOld = tomcat?.split('.').length === 3 && !hasTwin(tomcat);
  if (isOld || /^[78]$|^7\./.test(tomcat ?? '')) return undefined;
  if (digest !== undefined) return { lacks: 'pinned', version };
  const plain = text === 'latest' ? '' : `${text}-`;
  const tag =
    jdk === undefined ? `${plain}jre${version}` : `${tomcat === undefined ? '' : `${tomcat}-`}jre${jdk}${rest}`;
  return { image: `${name}:${tag}`, isSame: true, version, isHeld: jdk === undefined };
}

function hasTwin(version: string): boolean {
  const since = TOMCAT_SINCE.find(
    (one) => one.split('.').slice(0, 2).join('.') === version.split('.').slice(0, 2).join('.'),
  );
  return since !== undefined && isAtLeast(version, since);
}

/**
 * `17` from `17.0.2-slim`, from maven's `3.9-eclipse-temurin-17`, from gradle's `8-jdk17`; `11` from
 * `openjdk11:jdk-11.0.15_10`.
 */
function versionIn(name: string, tag: string): number | undefined {
  const [, inName] = /^openjdk(\d+)$/.exec(name) ?? [];
  const found = inName ?? versionInTag(name, tag);
  return found === undefined ? undefined : Number(found);
}

function versionInTag(name: string, tag: string): string | undefined {
  if (name === 'scala-sbt') {
    const [, behind, alone, first] =
      /(?:temurin|corretto|community)(?:-[a-z]{1,20}(?:\d{4})?)?-(\d{1,3})|java(\d{1,3})|^(?:openjdk-)?(\d{1,3})/.exec(
        tag,
      ) ?? [];
    return behind ?? alone ?? first;
  }
  return /^(?:maven|gradle|clojure)$/.test(name)
    ? /(?:temurin|jdk|corretto|java)-?(\d+)/.exec(tag)?.[1]
    : /^(\d+)(?=\D|$)/.exec(tag)?.[1];
}
