import data from './data/packageNeeds.json';

export type Ecosystem = 'pypi' | 'npm' | 'gem' | 'go' | 'composer';

/** What a package of a language's registry needs of an image beyond what it brings along. */
export interface PackageNeeds {
  /** Programs that it calls. */
  readonly programs?: readonly string[];
  /** Headers of Debian with the libraries that it is linked against: `runtimeLibraries` knows their packages. */
  readonly headers?: readonly string[];
  /** Packages of Debian that it needs, and that full images have from the start. */
  readonly debian?: readonly string[];
  /** The packages of Alpine with these libraries. */
  readonly alpine?: readonly string[];
  /** It needs more than that, and what is not known: whoever moves it to a smaller image refuses. */
  readonly isUnknown?: boolean;
  /** It starts what it is told: what an author installed beside it stays. */
  readonly startsOthers?: boolean;
  /** Go: it is built with the C compiler, as are the modules below it. */
  readonly isC?: boolean;
  /** It is prebuilt for glibc, its libraries with it. */
  readonly hasWheels?: boolean;
  /** By the minor version of Python 3 the first version of it that is prebuilt: older ones are compiled. */
  readonly wheels?: Readonly<Record<string, string>>;
}

let table: ReadonlyMap<string, PackageNeeds> | undefined;

/**
 * The one table of packages that call programs or need libraries of the system. Splitters ask here and have no table of
 * their own; `systemNeeds` of the optimizer asks for the programs itself. Undefined for packages that need nothing more.
 */
export function packageNeeds(ecosystem: Ecosystem, name: string): PackageNeeds | undefined {
  table ??= new Map(
    (data.packages as readonly (PackageNeeds & { ecosystem: string; names: readonly string[] })[]).flatMap((row) =>
      row.names.map((one) => [`${row.ecosystem} ${one}`, row] as const),
    ),
  );
  return table.get(`${ecosystem} ${plainName(ecosystem, name)}`);
}

/** True for a module of Go that calls C, or does nothing useful without it. */
export function isCModule(module: string): boolean {
  const parts = module.split('/');
  return parts.some((_, index) => packageNeeds('go', parts.slice(0, index + 1).join('/'))?.isC);
}

/** PyPI takes `Git_Python` for `git-python`; modules of Go have folders and a version behind their name. */
function plainName(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === 'pypi') return name.toLowerCase().replace(/[-_.]+/g, '-');
  return ecosystem === 'go' ? name.replace(/[/.]v\d+$/, '') : name;
}
