import data from './data/runtimeLibraries.json';

/** Read when somebody asks: most files have no such package. */
let rows: ReadonlyMap<string, string> | undefined;

/**
 * The packages with the libraries that a program needs to run which was built with a `-dev` package of Debian; none for
 * headers alone. Without a release those of bookworm, where later releases know them by these names too; undefined when
 * it is not known.
 */
export function runtimeLibraries(devPackage: string, release: string | undefined): readonly string[] | undefined {
  rows ??= new Map(
    data.packages.map((row) => {
      const colon = row.indexOf(':');
      return [row.slice(0, colon), row.slice(colon + 1)];
    }),
  );
  const lists = rows.get(devPackage)?.split('|').map(namesIn);
  if (!lists) return undefined;
  if (lists.length === 1) return lists[0];
  if (release !== undefined) return lists[data.releases.indexOf(release)];
  const [, bookworm, trixie] = lists;
  return bookworm?.every((name) => trixie?.some((other) => other.replace(/t64\b/, '') === name)) ? bookworm : undefined;
}

/** Undefined for `-`: the release has no such package. */
function namesIn(list: string): readonly string[] | undefined {
  const names = list.trim();
  if (names === '-') return undefined;
  return names === '' ? [] : names.split(' ');
}

/** True for packages that the smallest image of every release of Debian has. */
export function isInEveryDebian(name: string): boolean {
  return data.present.includes(name);
}
