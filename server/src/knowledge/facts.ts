import type { ImageReference } from '../dockerfile/model';
import type { Localize } from '../l10n/localize';
import { given } from '../text/jsonValue';
import { byTag, tagsLike } from './byTag';
import { distroInTag, libcOf, packageManagerOf, releaseInTag, shellOf, userToolsOf } from './distro';
import { endOfLifeOf } from './endOfLife';
import type { Family } from './family';
import { type ImageTag, parseTag } from './imageTag';
import type { Deprecation, ImageFacts, ImageVariant, SmallerImage } from './knowledgeBase';
import { smallerTag } from './smallerTag';
import { successorOf } from './successor';

/** The compressed size of an image by its exact name and tag, and the month of that figure. */
export type Sizes = (name: string, tag: string) => { readonly bytes: number; readonly date: string } | undefined;

/** Returns the facts of one image of a family. */
export type FactsOf = (name: string, reference: ImageReference) => ImageFacts;

/** Prepares a family: its patterns are compiled once, not on every lookup. */
export function factsOfFamily(family: Family, sizes: Sizes, localize: Localize): FactsOf {
  const distroOf = byTag(family.distro);
  const currentOf = byTag(family.current);
  const userOf = byTag(family.user);
  const readyUserOf = byTag(family.readyUser);
  const entrypointOf = byTag(family.entrypoint);
  const cmdOf = byTag(family.cmd);
  const ownToolsOf = byTag(family.userTools);
  const variantOf = byTag(family.variant);
  const dropsPrivileges = tagsLike(family.dropsPrivilegesIn, false);
  const isDeprecated = tagsLike(family.deprecated?.tags, true);
  const env = family.env === undefined ? undefined : new Set(['PATH', ...family.env.split(' ')]);
  return (name, { tag: written, digest }) => {
    const tag = parseTag(written);
    const distro = distroInTag(tag) ?? distroOf(tag.text);
    // Users, tools and slimming differ on Windows, and we have no data on them.
    const isWindows = distro === 'windows';
    return {
      ...given({
        sizeBytes: sizes(name, tag.text)?.bytes,
        sizeAsOf: sizes(name, tag.text)?.date,
        distro,
        distroRelease: releaseOf(family, tag),
        currentRelease: currentOf(tag.text),
        libc: libcOf(distro),
        packageManager: packageManagerOf(distro, ownToolsOf(tag.text)),
        shell: shellOf(distro),
        defaultUser: isWindows ? undefined : userOf(tag.text),
        readyUser: isWindows ? undefined : readyUserOf(tag.text),
        starts: isWindows ? undefined : startsOf(entrypointOf(tag.text), cmdOf(tag.text)),
        // ONBUILD instructions of such a tag run first, and may set more.
        env: isWindows || tag.parts.includes('onbuild') ? undefined : env,
        userTools: isWindows ? undefined : (userToolsOf(distro) ?? ownToolsOf(tag.text)),
        variant: variantOf(tag.text) ?? variantByParts(family, tag),
        smaller: digest === undefined && !family.deprecated ? smallerOf(family, name, tag, sizes) : undefined,
        endOfLife: isWindows ? undefined : endOfLifeOf(name, tag, distro, releaseOf(family, tag)),
        deprecated: isDeprecated(tag.text) ? deprecationOf(family, tag, localize) : undefined,
      }),
      isOfficial: /^[a-z\d._-]+$/.test(name),
      dropsPrivileges: dropsPrivileges(tag.text),
      source: family.source,
    };
  };
}

function startsOf(entrypoint: string | undefined, cmd: string | undefined): string | undefined {
  const words = [entrypoint, cmd].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join(' ');
}

/** The tag says slim or alpine; any other tag of an image with slim variants is a full one. */
function variantByParts(family: Family, tag: ImageTag): ImageVariant | undefined {
  if (distroInTag(tag) === 'alpine') return 'alpine';
  if (tag.parts.includes('slim')) return 'slim';
  return family.slim === undefined ? undefined : 'full';
}

function releaseOf({ releases = {}, minorReleases = {}, lastPatches = {} }: Family, tag: ImageTag): string | undefined {
  const named = releaseInTag(tag);
  // A tag for another distribution, such as alpine, uses a release of that one.
  if (named !== undefined || tag.version === undefined || distroInTag(tag) !== undefined) return named;
  const [major = '', minor = '', patch] = tag.version.split('.');
  const patches = Object.entries(lastPatches[`${major}.${minor}`] ?? {});
  if (patch !== undefined && patches.length > 0) return patches.find(([, last]) => Number(patch) <= last)?.[0];
  const version = [`${major}.${minor}`, major].find((one) => Object.hasOwn(releases, one));
  return version === undefined ? minorReleases[tag.version] : releases[version];
}

function deprecationOf({ deprecated, source }: Family, tag: ImageTag, localize: Localize): Deprecation | undefined {
  if (!deprecated) return undefined;
  const successor = successorOf(deprecated, tag);
  return { reason: localize(deprecated.reason), source, ...(successor === undefined ? {} : { successor }) };
}

function smallerOf(family: Family, name: string, tag: ImageTag, sizes: Sizes): SmallerImage | undefined {
  const smaller = smallerTag(family, tag);
  if (smaller === undefined) return undefined;
  const sizeBytes = sizes(name, smaller)?.bytes;
  const isProven = sizeBytes !== undefined && sizes(name, tag.text) !== undefined;
  if (family.slim?.needsSizes && !isProven) return undefined;
  return { tag: smaller, isSameDistro: true, ...(sizeBytes === undefined ? {} : { sizeBytes }) };
}
