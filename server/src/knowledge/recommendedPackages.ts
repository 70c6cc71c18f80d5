/** Loaded on first use, not at startup: a static import cannot be deferred. */
declare const require: (path: './data/recommendedPackages.json') => typeof import('./data/recommendedPackages.json');
const data = () => require('./data/recommendedPackages.json');

let rows: ReadonlyMap<string, readonly string[]> | undefined;

/** Packages that other programs use and that `apt-get install` adds only because the package recommends them. */
export function recommendedWith(name: string): readonly string[] {
  rows ??= new Map(
    data().packages.map((row) => {
      const colon = row.indexOf(':');
      return [row.slice(0, colon), row.slice(colon + 2).split(' ')];
    }),
  );
  return rows.get(name) ?? [];
}

/** The commands that show that such a package is used. */
export function commandsOf(name: string): readonly string[] {
  const programs: Readonly<Record<string, readonly string[]>> = data().programs;
  return Object.hasOwn(programs, name) ? (programs[name] ?? []) : [];
}
