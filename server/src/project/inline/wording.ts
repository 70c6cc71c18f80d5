import type { Localize } from '../../l10n/localize';
import type { Owner } from '../builds/buildPart';
import type { InlineDockerfile } from './inlineDockerfile';

/** `service api, worker`; undefined where nothing builds it. */
export function ownersText({ builds }: InlineDockerfile, localize: Localize): string | undefined {
  return builds.length === 0
    ? undefined
    : namesOf(
        builds.map(({ owner }) => owner),
        localize,
      );
}

/** `service api, worker, target app` */
export function namesOf(owners: readonly Owner[], localize: Localize): string {
  // Several files may define the same service.
  const named = (kind: Owner['kind']) =>
    [...new Set(owners.flatMap((owner) => (owner.kind === kind ? owner.name : [])))].join(', ');
  const [services, targets, containers] = [named('service'), named('target'), named('devcontainer')];
  return [
    services && localize('service {name}', { name: services }),
    targets && localize('target {name}', { name: targets }),
    containers,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Why a Dockerfile stays as it is. */
export function rewriteRefusal({ holes, isFragment }: InlineDockerfile, localize: Localize): string {
  if (isFragment) return localize('not rewritten: part of a Dockerfile');
  return holes.length > 0
    ? localize('not rewritten: the build puts values into it that are not known here')
    : localize('not rewritten: a block with `|` would have a place for the result');
}
