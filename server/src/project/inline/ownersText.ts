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

/** All of one kind: a file holds services or targets. */
export function namesOf(owners: readonly Owner[], localize: Localize): string {
  const name = owners.map((owner) => owner.name).join(', ');
  return owners[0]?.kind === 'service' ? localize('service {name}', { name }) : localize('target {name}', { name });
}
