import type { ImageReference } from '../dockerfile/model';
import { phrase } from '../l10n/phrase';

/**
 * The new location of a version of Bitnami's images: only `latest` is left in `bitnami`
 * (github.com/bitnami/containers/issues/83267, 2025-09).
 */
export function bitnamiLegacy({ registry, repository, tag }: ImageReference) {
  if ((registry !== undefined && registry !== 'docker.io') || !repository.startsWith('bitnami/')) return undefined;
  if (tag === undefined || tag === 'latest') return undefined;
  return {
    reason: phrase('its versions moved to `bitnamilegacy`, without updates, in 2025'),
    successor: `${repository.replace('bitnami/', 'bitnamilegacy/')}:${tag}`,
  };
}
