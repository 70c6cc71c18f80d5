import endOfLife from './data/endOfLife.json';
import type { ImageTag } from './imageTag';
import type { Distro, ImageFacts } from './knowledgeBase';

const DEBIAN_RELEASES = ['trixie', 'bookworm', 'bullseye', 'buster', 'stretch', 'jessie', 'wheezy', 'sid'];
const UBUNTU_RELEASES = ['resolute', 'noble', 'jammy', 'focal', 'bionic', 'xenial', 'trusty'];

/**
 * Words in tags that indicate the distribution; the first match in this order applies: `amazoncorretto-17-debian` is
 * Debian.
 */
const WORDS: readonly { readonly words: RegExp; readonly distro: Distro }[] = [
  { words: /^(?:windowsservercore|nanoserver|ltsc20\d\d)/, distro: 'windows' },
  { words: /^(?:chiseled|distroless)$/, distro: 'distroless' },
  { words: /^alpine/, distro: 'alpine' },
  { words: wordsLike(DEBIAN_RELEASES, '|debian'), distro: 'debian' },
  { words: wordsLike(UBUNTU_RELEASES, '|ubuntu(?:\\d\\d\\.\\d\\d)?'), distro: 'ubuntu' },
  { words: /^(?:ubi|centos|rhel|oracle|ol\d|al20|corretto|amazoncorretto|almalinux|rockylinux)/, distro: 'rhel' },
  { words: /^(?:azurelinux|cbl|mariner)/, distro: 'other' },
];

const UBUNTU_VERSIONS: Readonly<Record<string, string>> = endOfLife.codenames.ubuntu;
const RELEASES = [...DEBIAN_RELEASES, ...UBUNTU_RELEASES];

function wordsLike(releases: readonly string[], more: string): RegExp {
  return new RegExp(`^(?:${releases.join('|')}${more})$`);
}

/** The distribution that a tag names; undefined when it names none. */
export function distroInTag({ parts }: ImageTag): Distro | undefined {
  return WORDS.find(({ words }) => parts.some((part) => words.test(part)))?.distro;
}

/** `bookworm`, `noble`, `jammy` from `ubuntu22.04`, `3.20` from `alpine3.20`; undefined when the tag names none. */
export function releaseInTag({ parts }: Pick<ImageTag, 'parts'>): string | undefined {
  const named = parts.find((part) => RELEASES.includes(part));
  if (named !== undefined) return named;
  const [, distro, version = ''] =
    parts.map((part) => /^(alpine|ubuntu)(\d+\.\d+)/.exec(part)).find((match) => match) ?? [];
  if (distro === undefined) return undefined;
  return distro === 'ubuntu' ? UBUNTU_VERSIONS[version] : version;
}

/** The user management tool that every image of a distribution has. */
export function userToolsOf(distro: Distro | undefined): ImageFacts['userTools'] {
  if (distro === 'debian' || distro === 'ubuntu') return 'shadow';
  return distro === 'alpine' || distro === 'busybox' ? 'busybox' : undefined;
}

export function libcOf(distro: Distro | undefined): ImageFacts['libc'] {
  if (distro === 'alpine') return 'musl';
  return distro === 'debian' || distro === 'ubuntu' || distro === 'rhel' ? 'glibc' : undefined;
}

/** The small images of Red Hat have microdnf and no useradd. */
export function packageManagerOf(
  distro: Distro | undefined,
  userTools: ImageFacts['userTools'],
): ImageFacts['packageManager'] {
  if (distro === 'debian' || distro === 'ubuntu') return 'apt';
  if (distro === 'alpine') return 'apk';
  return distro === 'rhel' && userTools === 'shadow' ? 'dnf' : undefined;
}

/** The shell that Docker starts for the shell form of RUN and CMD. */
export function shellOf(distro: Distro | undefined): string | undefined {
  return distro === undefined || distro === 'distroless' || distro === 'windows' || distro === 'other'
    ? undefined
    : '/bin/sh';
}
