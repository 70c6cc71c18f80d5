import type { ImageReference } from '../dockerfile/model';
import type { ImageFacts } from './knowledgeBase';
import { isReleaseFrom } from './releaseOrder';

/** A user with a group of the same name, or only one of them. */
export interface Account {
  readonly name: string;
  readonly uid?: number;
  readonly gid?: number;
}

const both = (name: string, id: number): Account => ({ name, uid: id, gid: id });
const group = (name: string, gid: number): Account => ({ name, gid });

/** Users and groups that we know an image to contain; the list is not complete. */
export function accountsOf(image: ImageReference, facts: ImageFacts): readonly Account[] {
  const { distro } = facts;
  if (distro !== 'debian' && distro !== 'ubuntu' && distro !== 'alpine') return [];
  const own = Object.hasOwn(OWN, image.name) ? OWN[image.name] : undefined;
  return [
    ...(distro === 'alpine' ? ALPINE : DEBIAN),
    ...(WITH_UBUNTU.includes(image.name) && isReleaseFrom({ ubuntu: '23.04' }, image, facts)
      ? [both('ubuntu', 1000)]
      : []),
    // The first Node.js images did not have this user.
    ...(own && !/^[0-7](?:\D|$)/.test(image.tag ?? '') ? [own] : []),
  ];
}

/** From Debian's base-passwd, also in Ubuntu (packages.debian.org/base-passwd 3.6, 2026-11). */
const DEBIAN = [
  both('www-data', 33),
  both('backup', 34),
  { name: 'games', uid: 5, gid: 60 },
  { name: 'nobody', uid: 65534 },
  group('nogroup', 65534),
  group('dialout', 20),
  group('sudo', 27),
  group('audio', 29),
  group('video', 44),
  group('staff', 50),
  group('users', 100),
];

/** From alpine-baselayout's passwd and group (gitlab.alpinelinux.org/alpine/aports, 2026-11). */
const ALPINE = [
  both('nobody', 65534),
  both('games', 35),
  { name: 'guest', uid: 405 },
  group('dialout', 20),
  group('video', 27),
  group('kvm', 34),
  group('www-data', 82),
  group('users', 100),
  group('ping', 999),
  group('nogroup', 65533),
];

/**
 * Since 23.04, Ubuntu's images have their own user (bugs.launchpad.net/cloud-images/+bug/2005129); images built on them
 * may delete it.
 */
const WITH_UBUNTU = ['ubuntu', 'eclipse-temurin'];

/** Users that the Dockerfiles of images create (github.com/nodejs/docker-node, oven-sh/bun, 2026-11). */
const OWN: Readonly<Record<string, Account>> = { node: both('node', 1000), 'oven/bun': both('bun', 1000) };
