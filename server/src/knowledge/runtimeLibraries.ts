/** Read with the first question and not at each start: an import cannot wait. */
declare const require: (path: './data/runtimeLibraries.json') => typeof import('./data/runtimeLibraries.json');
const data = () => require('./data/runtimeLibraries.json');

/** Read when somebody asks: most files have no such package. */
let rows: ReadonlyMap<string, string> | undefined;

/**
 * The packages with the libraries that a program needs to run which was built with a `-dev` package of Debian; none for
 * headers alone. Without a release those of bookworm, where later releases know them by these names too; undefined when
 * it is not known.
 */
export function runtimeLibraries(devPackage: string, release: string | undefined): readonly string[] | undefined {
  rows ??= new Map(
    data().packages.map((row) => {
      const colon = row.indexOf(':');
      return [row.slice(0, colon), row.slice(colon + 1)];
    }),
  );
  const lists = rows.get(devPackage)?.split('|').map(namesIn);
  if (!lists) return undefined;
  if (lists.length === 1) return lists[0];
  const between = release === undefined ? undefined : UBUNTU.get(release);
  if (between) return ofUbuntu(devPackage, between, lists);
  if (release !== undefined) return lists[data().releases.indexOf(release)];
  const [, bookworm, trixie] = lists;
  return bookworm?.every((name) => trixie?.some((other) => other.replace(/t64\b/, '') === name)) ? bookworm : undefined;
}

/**
 * Between which releases of Debian one of Ubuntu was made out of Debian's unstable: what both of these call by one name
 * it does too. Noble has the names with `t64` of trixie (packages.ubuntu.com, 2026-11).
 */
const UBUNTU: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['jammy', ['bullseye', 'bookworm']],
  ['noble', ['bookworm', 'trixie']],
]);

function ofUbuntu(
  devPackage: string,
  [before, after]: readonly [string, string],
  lists: readonly (readonly string[] | undefined)[],
): readonly string[] | undefined {
  // OpenSSL 3 came into Ubuntu before it came into Debian.
  if (devPackage === 'libssl-dev' && after === 'bookworm') return ['libssl3'];
  // Noble has trixie's version of Boost.
  if (devPackage.startsWith('libboost-') && after === 'trixie') return lists[data().releases.indexOf(after)];
  const [older, newer] = [before, after].map((name) => lists[data().releases.indexOf(name)]);
  const isSame = older?.every((name) => newer?.some((other) => other.replace(/t64\b/, '') === name));
  return isSame && older?.length === newer?.length ? newer : undefined;
}

/** Undefined for `-`: the release has no such package. */
function namesIn(list: string): readonly string[] | undefined {
  const names = list.trim();
  if (names === '-') return undefined;
  return names === '' ? [] : names.split(' ');
}

/** True for packages that the smallest image of every release of Debian has. */
export function isInEveryDebian(name: string): boolean {
  return data().present.includes(name);
}
