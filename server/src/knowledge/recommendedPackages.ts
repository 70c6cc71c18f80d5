/** Read with the first question and not at each start: an import cannot wait. */
declare const require: (path: './data/recommendedPackages.json') => typeof import('./data/recommendedPackages.json');
const data = () => require('./data/recommendedPackages.json');

let rows: ReadonlyMap<string, readonly string[]> | undefined;

/** Packages that others use and that `apt-get install` brings along with a package only as recommended. */
export function recommendedWith(name: string): readonly string[] {
  rows ??= new Map(
    data().packages.map((row) => {
      const colon = row.indexOf(':');
      return [row.slice(0, colon), row.slice(colon + 2).split(' ')];
    }),
  );
  return rows.get(name) ?? [];
}

/** The commands by which one sees that such a package is used. */
export function commandsOf(name: string): readonly string[] {
  const programs: Readonly<Record<string, readonly string[]>> = data().programs;
  return Object.hasOwn(programs, name) ? (programs[name] ?? []) : [];
}
