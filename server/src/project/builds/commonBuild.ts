import type { ServiceRun } from '../../engine/serviceRun';
import { isForDevelopment } from '../fileNames';
import type { BuildPart, Known, Owner } from './buildPart';

/** What all builds of one Dockerfile have in common, without differing or unknown values. */
export interface CommonBuild {
  /** The folder that is the build context; undefined when it is outside the project. */
  readonly contextFolder: string | undefined;
  readonly target: string | undefined;
  /** Undefined also when each build is for several. */
  readonly platform: string | undefined;
  readonly args: ReadonlyMap<string, string>;
  /** From all builds: what is a context for one of them may not be an image. */
  readonly contexts: ReadonlySet<string>;
  /** Of all services that run it. */
  readonly services: readonly ServiceRun[];
}

type AnyBuild = Pick<BuildPart, 'args' | 'contexts' | 'platforms' | 'services'> & {
  readonly target?: Known | undefined;
  readonly contextFolder?: string | undefined;
};

/** Stages that people work in. */
const DEVELOPMENT =
  /^(?:dev|devel|develop|development|local|debug|test|tests|testing|watch)(?:[-_][-\w]*)?$|[-_](?:dev|development|debug|tests?)$/i;

/** Compose adds an override by itself where nobody names files: for those who work on the project. */
const ASIDE = /[._-](?:override|debug|tests?|testing|ci)(?:[._-]|$)/;

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
    contextFolder: same(builds.map(({ contextFolder }) => contextFolder)),
    platform: same(builds.map(({ platforms }) => (platforms?.length === 1 ? platforms[0] : undefined))),
    target: same(shipped.map(({ target }) => target)),
    args,
    contexts,
    services: builds.flatMap(({ services = [], target }) =>
      services.map((service) => (target == null ? service : { ...service, target })),
    ),
  };
}

/** Builds with the same context, target, platforms and arguments. */
export interface BuildVariant extends CommonBuild {
  readonly owners: readonly Owner[];
  /** Empty when they are not known. */
  readonly platforms: readonly string[];
}

/** A matrix can have hundreds: then only what all have in common is looked at. */
const MAX_VARIANTS = 8;

/** How the builds of what is shipped differ; none when they are all the same, and for one platform. */
export function variantsOf(builds: readonly (AnyBuild & { readonly owner: Owner })[]): readonly BuildVariant[] {
  const shipped = builds.filter(
    ({ target, owner: { name, file = '' } }) =>
      !DEVELOPMENT.test(target ?? '') && !DEVELOPMENT.test(name) && !isForDevelopment(file) && !ASIDE.test(file),
  );
  const groups = new Map<string, (typeof shipped)[number][]>();
  for (const build of shipped) {
    const { contextFolder = null, target = null, platforms = null } = build;
    const given = [build.args, build.contexts].map((named) => [...named].sort());
    const key = JSON.stringify([contextFolder, target, platforms && [...platforms].sort(), ...given]);
    groups.set(key, [...(groups.get(key) ?? []), build]);
  }
  const isUnknown = shipped.some(({ target }) => target === null);
  const variants = [...groups.values()].map((group) => ({
    ...commonBuild(group),
    owners: group.map(({ owner }) => owner),
    platforms: group[0]?.platforms ?? [],
  }));
  const isOne = variants.length === 1 && (variants[0]?.platforms.length ?? 0) < 2;
  return isUnknown || isOne || variants.length > MAX_VARIANTS ? [] : variants;
}

function same(values: readonly (Known | undefined)[]): string | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? (first ?? undefined) : undefined;
}
