import type { Site } from '../../app/site';
import { hasNoPackages } from '../../knowledge/packageArchive';
import { type Guard, refuse } from '../transform';
import type { RuntimeNeeds } from './compiled';
import { hubPlace, writtenImage } from './runtimeImage';

/** Debian releases with their numbers, which Google's distroless images have in their names. */
const NUMBERS: Readonly<Record<string, string>> = { bullseye: '11', bookworm: '12', trixie: '13' };
/** For programs that need nothing of the system, so any release works. */
const ANY_RELEASE = 'bookworm';

/** Docker Hub and its public mirrors. Who uses a private one may not reach Google's registry. */
const PUBLIC = /^(?:(?:docker\.io|mirror\.gcr\.io)\/(?:library\/)?|public\.ecr\.aws\/docker\/library\/)?$/;

/** The smallest image for a statically linked program. */
export function staticRuntime(
  site: Site,
  { shell, packages, staysOnAlpine }: RuntimeNeeds,
  canDropRoot: boolean,
): string {
  if (staysOnAlpine) return alpineOf(site);
  const place = hubPlace(site);
  if (shell || packages.length > 0 || !PUBLIC.test(place)) return `${place}debian:${ANY_RELEASE}-slim`;
  return `gcr.io/distroless/static-debian${NUMBERS[ANY_RELEASE]}${canDropRoot ? ':nonroot' : ''}`;
}

/** Alpine's release, if the tag names it. The newest release runs programs that an older one has built. */
function alpineOf(site: Site): string {
  const { base } = site.stage;
  return base.kind === 'image' && base.image.name === 'alpine'
    ? writtenImage(site)
    : `${hubPlace(site)}alpine:${site.facts.distroRelease ?? '3'}`;
}

/** The smallest image with the build image's C library; `kind` is what else the program needs. */
export function dynamicRuntime(
  site: Site,
  { shell, packages, staysOnAlpine }: RuntimeNeeds,
  kind: 'base' | 'cc',
  canDropRoot: boolean,
): string | Guard {
  const { distro, distroRelease } = site.facts;
  if (staysOnAlpine) return alpineOf(site);
  const number = distroRelease === undefined ? undefined : NUMBERS[distroRelease];
  if (distro === 'ubuntu')
    return site.stage.base.kind === 'image'
      ? `${hubPlace(site)}ubuntu:${site.stage.base.image.tag ?? 'latest'}`
      : unknownRelease();
  if (hasNoPackages(site.facts))
    return refuse('{release} is no longer on the package servers: use a newer image', { release: distroRelease ?? '' });
  if (distro !== 'debian' || distroRelease === undefined || number === undefined) return unknownRelease();
  const place = hubPlace(site);
  const hasDistroless = distroRelease !== 'bullseye' && PUBLIC.test(place);
  if (shell || packages.length > 0 || !hasDistroless) return `${place}debian:${distroRelease}-slim`;
  return `gcr.io/distroless/${kind}-debian${number}${canDropRoot ? ':nonroot' : ''}`;
}

function unknownRelease(): Guard {
  return refuse(
    'the image tag does not name a Debian release, so the C library is unknown: add the release, as in `-bookworm`',
  );
}
