import type { ServiceRun } from '../../engine/serviceRun';
import type { BuildPart, Known, Owner } from './buildPart';

/** What all builds of one Dockerfile have in common, without differing or unknown values. */
export interface CommonBuild {
  readonly target: string | undefined;
  readonly args: ReadonlyMap<string, string>;
  /** From all builds: what is a context for one of them may not be an image. */
  readonly contexts: ReadonlySet<string>;
  /** Of all services that run it. */
  readonly services: readonly ServiceRun[];
}

type AnyBuild = Pick<BuildPart, 'args' | 'contexts' | 'services'> & { readonly target?: Known | undefined };

/** Stages that people work in. */
const DEVELOPMENT =
  /^(?:dev|devel|develop|development|local|debug|test|tests|testing|watch)(?:[-_][-\w]*)?$|[-_](?:dev|development|debug|tests?)$/i;

export function commonBuild(builds: readonly AnyBuild[]): CommonBuild {
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

/** Builds with the same target and arguments. */
export interface BuildVariant extends CommonBuild {
  readonly owners: readonly Owner[];
}

/** A matrix can have hundreds: then only what all have in common is looked at. */
const MAX_VARIANTS = 8;

/** Builds of what is shipped that differ in their target or arguments; none when they are all the same. */
export function variantsOf(builds: readonly (AnyBuild & { readonly owner: Owner })[]): readonly BuildVariant[] {
  const shipped = builds.filter(
    ({ target, owner }) => ![target ?? '', owner.name].some((name) => DEVELOPMENT.test(name)),
  );
  const groups = new Map<string, (typeof shipped)[number][]>();
  for (const build of shipped) {
    const key = JSON.stringify([build.target ?? null, [...build.args].sort()]);
    groups.set(key, [...(groups.get(key) ?? []), build]);
  }
  const isUnknown = shipped.some(({ target }) => target === null);
  if (isUnknown || groups.size < 2 || groups.size > MAX_VARIANTS) return [];
  return [...groups.values()].map((group) => ({
    ...commonBuild(group),
    owners: group.map(({ owner }) => owner),
  }));
}

function same(values: readonly (Known | undefined)[]): string | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? (first ?? undefined) : undefined;
}
