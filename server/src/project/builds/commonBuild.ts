import type { ServiceRun } from '../../engine/serviceRun';
import type { BuildPart, Known } from './buildPart';

/** What all builds of one Dockerfile have in common, without differing or unknown values. */
export interface CommonBuild {
  readonly target: string | undefined;
  readonly args: ReadonlyMap<string, string>;
  /** From all builds: what is a context for one of them may not be an image. */
  readonly contexts: ReadonlySet<string>;
  /** Of all services that run it. */
  readonly services: readonly ServiceRun[];
}

/** Stages that people work in. */
const DEVELOPMENT =
  /^(?:dev|devel|develop|development|local|debug|test|tests|testing|watch)(?:[-_][-\w]*)?$|[-_](?:dev|development|debug|tests?)$/i;

export function commonBuild(
  builds: readonly (Pick<BuildPart, 'args' | 'contexts' | 'services'> & { readonly target?: Known | undefined })[],
): CommonBuild {
  const args = new Map<string, string>();
  for (const name of builds[0]?.args.keys() ?? []) {
    const value = same(builds.map((build) => build.args.get(name)));
    if (value !== undefined) args.set(name, value);
  }
  // What is developed or tested is not what is shipped: that is another target, or the last stage.
  const shipped = builds.filter(({ target }) => !DEVELOPMENT.test(target ?? ''));
  const contexts = new Set(builds.flatMap((build) => [...build.contexts]));
  return {
    target: same(shipped.map(({ target }) => target)),
    args,
    contexts,
    services: builds.flatMap(({ services = [], target }) =>
      services.map((service) => (target == null ? service : { ...service, target })),
    ),
  };
}

function same(values: readonly (Known | undefined)[]): string | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? (first ?? undefined) : undefined;
}
