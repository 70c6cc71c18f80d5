import data from './data/runtimeLibraries.json';

type ByRelease = Readonly<Record<string, readonly string[]>>;

const PACKAGES = data.packages as Readonly<Record<string, readonly string[] | ByRelease>>;

/**
 * The packages with the libraries that a program needs to run which was built with a `-dev` package of Debian.
 * Without a release those of bookworm, by whose names later releases know them too; undefined when it is not known.
 */
export function runtimeLibraries(devPackage: string, release: string | undefined): readonly string[] | undefined {
  const entry = Object.hasOwn(PACKAGES, devPackage) ? PACKAGES[devPackage] : undefined;
  if (!entry || isSame(entry)) return entry;
  if (release !== undefined) return entry[release];
  const { bookworm, trixie } = entry;
  return bookworm?.every((name, index) => trixie?.[index]?.replace(/t64\b/, '') === name) ? bookworm : undefined;
}

function isSame(entry: readonly string[] | ByRelease): entry is readonly string[] {
  return Array.isArray(entry);
}
