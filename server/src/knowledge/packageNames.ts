/** Loaded on first use, not at startup: a static import cannot be deferred. */
declare const require: (path: './data/packageNames.json') => {
  readonly missing: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, Readonly<Record<string, string>>>>;
};
const data = () => require('./data/packageNames.json');

/**
 * The other versions of a package that a release of Debian or Ubuntu has if it lacks this one: `openjdk-17-jdk` for
 * `openjdk-11-jdk` in bookworm. Undefined if the release has the package, or nothing is known of it.
 */
export function versionsInstead(name: string, release: string): readonly string[] | undefined {
  const { missing, versions } = data();
  const family = name.replace(/\d+/g, '#');
  const numbers = Object.hasOwn(versions, family) ? versions[family]?.[release] : undefined;
  if (numbers === undefined)
    return Object.hasOwn(missing, name) && missing[name]?.split(' ').includes(release) ? [] : undefined;
  const names = numbers === '' ? [] : numbers.split(' ').map((variant) => withNumbers(family, variant.split(',')));
  return names.includes(name) ? undefined : names;
}

function withNumbers(family: string, numbers: readonly string[]): string {
  const rest = [...numbers];
  return family.replace(/#/g, () => rest.shift() ?? '');
}
