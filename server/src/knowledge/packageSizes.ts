import data from './data/packageSizes.json';

type Entry = { readonly brings: readonly number[]; readonly recommended: number };

const PACKAGES: Readonly<Record<string, Entry>> = data.packages;
const KIB = 1024;

/** Where the sizes are from, as persons are told. */
export const PACKAGE_SOURCE = `Debian bookworm's package index, ${data.date}`;

/** What full images of languages have from the start. */
export const OF_FULL_IMAGES: ReadonlySet<number> = new Set(data.full);

/** What a package brings along on Debian's slim image, by numbers that are the same in all answers; undefined when it is not known. */
export function broughtBy(name: string): readonly number[] | undefined {
  return Object.hasOwn(PACKAGES, name) ? PACKAGES[name]?.brings : undefined;
}

/** Installed bytes of packages by their numbers. */
export function bytesOf(packages: Iterable<number>): number {
  let sum = 0;
  for (const place of packages) sum += (data.sizes[place] ?? 0) * KIB;
  return sum;
}

/** Installed bytes of what is recommended beside it; 0 when it is not known. */
export function recommendedBytes(name: string): number {
  return Object.hasOwn(PACKAGES, name) ? (PACKAGES[name]?.recommended ?? 0) * KIB : 0;
}
