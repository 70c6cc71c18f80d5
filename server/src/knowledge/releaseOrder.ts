import type { ImageReference } from '../dockerfile/model';
import { isAtLeast } from './imageTag';
import type { Distro, ImageFacts } from './knowledgeBase';

/** A version per distribution: `{ debian: '12', ubuntu: '23.04' }`. */
export type Releases = Readonly<Partial<Record<Distro, string>>>;

/** True when an image is certainly based on one of these releases or a later one. */
export function isReleaseFrom(since: Releases, image: ImageReference, facts: ImageFacts): boolean {
  return isFrom(since, image, facts) === true;
}

/** True when an image is certainly based on an earlier release than these. */
export function isReleaseBefore(since: Releases, image: ImageReference, facts: ImageFacts): boolean {
  return isFrom(since, image, facts) === false;
}

function isFrom(since: Releases, image: ImageReference, facts: ImageFacts): boolean | undefined {
  const release = releaseOf(image, facts);
  const wanted = facts.distro === undefined ? undefined : since[facts.distro];
  return release === undefined || wanted === undefined ? undefined : isAtLeast(release, wanted);
}

function releaseOf(image: ImageReference, { distro, distroRelease }: ImageFacts): string | undefined {
  if (distroRelease !== undefined) return VERSIONS[distroRelease] ?? /^\d+(?:\.\d+)?$/.exec(distroRelease)?.[0];
  // The tag of a distribution's own image is its version.
  if (distro === undefined || image.name !== distro || image.digest !== undefined) return undefined;
  if (image.tag === undefined || image.tag === 'latest') return LATEST[distro];
  return /^(\d+\.\d+)(?:\.\d+)?$/.exec(image.tag)?.[1];
}

/** The versions behind the release names in tags. */
const VERSIONS: Readonly<Record<string, string>> = {
  ...{ wheezy: '7', jessie: '8', stretch: '9', buster: '10', bullseye: '11', bookworm: '12', trixie: '13', sid: '14' },
  ...{ trusty: '14.04', xenial: '16.04', bionic: '18.04', focal: '20.04', jammy: '22.04', lunar: '23.04' },
  ...{ mantic: '23.10', noble: '24.04', oracular: '24.10', plucky: '25.04', questing: '25.10', resolute: '26.04' },
};

/** The minimum version of their `latest` (2026-11). */
const LATEST: Releases = { debian: '13', ubuntu: '24.04', alpine: '3.22' };
