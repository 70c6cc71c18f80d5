/** Read with the first question and not at each start: an import cannot wait. */
declare const require: (path: './data/packageSizes.json') => typeof import('./data/packageSizes.json');
const data = () => require('./data/packageSizes.json');

type Entry = { readonly brings: readonly number[]; readonly recommended: number };

const KIB = 1024;

/** Where the sizes are from, as persons are told. */
export function packageSource(): string {
  return `Debian bookworm's package index, ${data().date}`;
}

/** What full images of languages have from the start. */
export function ofFullImages(): ReadonlySet<number> {
  full ??= new Set(data().full);
  return full;
}

let full: ReadonlySet<number> | undefined;

/** What a package brings along on Debian's slim image, by numbers that are the same in all answers; undefined when it is not known. */
export function broughtBy(name: string): readonly number[] | undefined {
  return entryOf(name)?.brings;
}

/** Installed bytes of packages by their numbers. */
export function bytesOf(packages: Iterable<number>): number {
  const { sizes } = data();
  let sum = 0;
  for (const place of packages) sum += (sizes[place] ?? 0) * KIB;
  return sum;
}

/** Installed bytes of what is recommended beside it; 0 when it is not known. */
export function recommendedBytes(name: string): number {
  return (entryOf(name)?.recommended ?? 0) * KIB;
}

function entryOf(name: string): Entry | undefined {
  const packages: Readonly<Record<string, Entry>> = data().packages;
  return Object.hasOwn(packages, name) ? packages[name] : undefined;
}
