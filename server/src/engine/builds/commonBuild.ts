import type { Known, NamedBuild } from './buildPart';

/** What all builds of one Dockerfile have in common; what they differ in, and what cannot be known, is left out. */
export interface CommonBuild {
  readonly target: string | undefined;
  readonly args: ReadonlyMap<string, string>;
}

export function commonBuild(builds: readonly Pick<NamedBuild, 'target' | 'args'>[]): CommonBuild {
  const args = new Map<string, string>();
  for (const name of builds[0]?.args.keys() ?? []) {
    const value = same(builds.map((build) => build.args.get(name)));
    if (value !== undefined) args.set(name, value);
  }
  return { target: same(builds.map(({ target }) => target)), args };
}

function same(values: readonly (Known | undefined)[]): string | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? (first ?? undefined) : undefined;
}
