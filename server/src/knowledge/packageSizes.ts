/** Loaded on first use, not at startup: a static import cannot be deferred. */
declare const require: (path: './data/packageSizes.json') => typeof import('./data/packageSizes.json');
const data = () => require('./data/packageSizes.json');

type Entry = { readonly brings: readonly number[]; readonly recommended: number };

const KIB = 1024;

/** The source of the sizes, as shown to the user. */
export function packageSource(): string {
  return `Debian bookworm's package index, ${data().date}`;
}

/** The packages of which the size is known. */
export function packageNames(): readonly string[] {
  return Object.keys(data().packages);
}

/** The packages that full language images already contain. */
export function ofFullImages(): ReadonlySet<number> {
  full ??= new Set(data().full);
  return full;
}

let full: ReadonlySet<number> | undefined;

/**
 * The packages that a package adds to Debian's slim image, as numbers that are the same in all answers; undefined when
 * unknown.
 */
export function broughtBy(name: string): readonly number[] | undefined {
  return entryOf(name)?.brings;
}

/** True if installing a package on Debian's slim image adds the other one. */
export function brings(name: string, other: string): boolean {
  const number = data().table.indexOf(other);
  return number >= 0 && (entryOf(name)?.brings.includes(number) ?? false);
}

/** The installed size of packages, given by number. */
export function bytesOf(packages: Iterable<number>): number {
  const { sizes } = data();
  let sum = 0;
  for (const place of packages) sum += (sizes[place] ?? 0) * KIB;
  return sum;
}

/** The installed size of its recommended packages; 0 when unknown. */
export function recommendedBytes(name: string): number {
  return (entryOf(name)?.recommended ?? 0) * KIB;
}

function entryOf(name: string): Entry | undefined {
  const packages: Readonly<Record<string, Entry>> = data().packages;
  return Object.hasOwn(packages, name) ? packages[name] : undefined;
}
