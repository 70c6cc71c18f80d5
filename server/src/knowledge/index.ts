import type { ImageReference } from '../dockerfile/model';
import families from './data/families.json';
import sizes from './data/sizes.json';
import type { Family } from './family';
import { distroOfRelease, type ImageTag, isAtLeast, parseTag } from './imageTag';
import type { Distro, ImageFacts, ImageVariant, KnowledgeBase, SmallerImage } from './knowledgeBase';
import { smallerTag } from './smallerTag';
import { successorOf } from './successor';

/** Docker Hub under other names; each holds the same official images. */
const HUBS: Readonly<Record<string, string>> = {
  'docker.io': '',
  'index.docker.io': '',
  'registry.hub.docker.com': '',
  'public.ecr.aws': 'docker/library/',
  'mirror.gcr.io': 'library/',
};

/** The facts that come with the extension. Pure: the data is part of the bundle. */
export function createKnowledgeBase(): KnowledgeBase {
  const byName = new Map<string, Family>();
  for (const family of families.families as readonly Family[]) {
    for (const name of family.names) byName.set(`${family.registry ?? ''}/${name}`, family);
  }
  return {
    asOf: families.asOf,
    image(reference) {
      const name = nameOf(reference);
      const family = name === undefined ? undefined : byName.get(name);
      return family && name !== undefined ? factsOf(family, name.slice(name.indexOf('/') + 1), reference) : undefined;
    },
  };
}

/** `/python`, `gcr.io/distroless/static`: registry and repository as the data has them. */
function nameOf({ registry, repository }: ImageReference): string | undefined {
  if (registry === undefined) return `/${repository}`;
  const prefix = Object.hasOwn(HUBS, registry) ? HUBS[registry] : undefined;
  if (prefix === undefined) return `${registry}/${repository.replace(/-debian\d+$/, '')}`;
  return repository.startsWith(prefix) ? `/${repository.slice(prefix.length)}` : undefined;
}

function factsOf(family: Family, name: string, { tag: written, digest }: ImageReference): ImageFacts {
  const tag = parseTag(written);
  const distro = distroOf(family, tag);
  const size = sizeOf(name, written ?? 'latest');
  const user = userOf(family, tag);
  const readyUser = readyUserOf(family, tag);
  const variant = variantOf(family, tag);
  const smaller = digest === undefined ? smallerOf(family, name, tag) : undefined;
  const successor = successorOf(family, tag);
  const userTools = userToolsOf(family, distro, written ?? '');
  return {
    ...(size === undefined ? {} : { sizeBytes: size }),
    ...(distro === undefined ? {} : { distro }),
    ...(tag.release === undefined ? {} : { distroRelease: tag.release }),
    ...(user === undefined ? {} : { defaultUser: user }),
    ...(readyUser === undefined ? {} : { readyUser }),
    ...(userTools === undefined ? {} : { userTools }),
    ...(variant === undefined ? {} : { variant }),
    ...(smaller === undefined ? {} : { smaller }),
    ...(family.deprecated
      ? {
          deprecated: {
            reason: family.deprecated.reason,
            source: family.source,
            ...(successor === undefined ? {} : { successor }),
          },
        }
      : {}),
    dropsPrivileges: family.dropsPrivilegesIn !== undefined && new RegExp(family.dropsPrivilegesIn).test(written ?? ''),
    source: family.source,
  };
}

function sizeOf(name: string, tag: string): number | undefined {
  const key = `${name}:${tag}`;
  const table: Readonly<Record<string, { readonly bytes: number }>> = sizes;
  return Object.hasOwn(table, key) ? table[key]?.bytes : undefined;
}

function distroOf(family: Family, tag: ImageTag): Distro | undefined {
  if (tag.isWindows) return 'windows';
  if (family.distro !== undefined) return family.distro;
  if (family.scheme === 'distroless') return 'distroless';
  if (tag.isAlpine) return 'alpine';
  const named = distroOfRelease(tag.release);
  if (named !== undefined) return named;
  if (tag.parts.some((part) => /^(?:ubi|centos|al20|azurelinux|cbl|mariner|ol)/.test(part))) return 'other';
  switch (family.scheme) {
    case 'debian':
    case 'debian-language':
    case 'debian-or-alpine':
    case 'dotnet':
      return 'debian';
    case 'java':
      return 'ubuntu';
    case 'build-tool':
      return tag.parts.includes('temurin') ? 'ubuntu' : undefined;
    default:
      return undefined;
  }
}

function userOf(family: Family, tag: ImageTag): string | undefined {
  if (family.scheme === 'distroless') return tag.parts.includes('nonroot') ? 'nonroot' : 'root';
  if (family.scheme === 'dotnet') return tag.parts.includes('chiseled') && isDotnet8(tag) ? 'app' : 'root';
  return tag.isWindows ? undefined : family.user;
}

function readyUserOf(family: Family, tag: ImageTag): string | undefined {
  if (family.scheme === 'distroless') return 'nonroot';
  if (family.scheme === 'dotnet') return isDotnet8(tag) ? 'app' : undefined;
  return tag.isWindows ? undefined : family.readyUser;
}

/** From .NET 8 on every Linux image has the user `app`. */
function isDotnet8(tag: ImageTag): boolean {
  return tag.version !== undefined && !tag.isWindows && isAtLeast(tag.version, '8');
}

function variantOf(family: Family, tag: ImageTag): ImageVariant | undefined {
  if (family.isSdk || family.scheme === 'build-tool') return 'sdk';
  if (family.scheme === 'java') return tag.parts.includes('jre') ? 'jre' : 'jdk';
  if (family.scheme === 'distroless') return 'distroless';
  if (family.scheme === 'dotnet') return 'runtime';
  if (tag.isAlpine) return 'alpine';
  if (tag.isSlim) return 'slim';
  return family.slimSince === undefined ? undefined : 'full';
}

function smallerOf(family: Family, name: string, tag: ImageTag): SmallerImage | undefined {
  // A deprecated image has a successor and no better tag.
  const smaller = family.deprecated ? undefined : smallerTag(family, tag);
  if (smaller === undefined) return undefined;
  const sizeBytes = sizeOf(name, smaller);
  return { tag: smaller, isSameDistro: true, ...(sizeBytes === undefined ? {} : { sizeBytes }) };
}

function userToolsOf(family: Family, distro: Distro | undefined, tag: string): ImageFacts['userTools'] {
  if (distro === 'debian' || distro === 'ubuntu') return 'shadow';
  if (distro === 'alpine') return 'busybox';
  return family.userToolsIn !== undefined && new RegExp(family.userToolsIn).test(tag) ? 'shadow' : undefined;
}
