import data from './data/packageNeeds.json';

export type Ecosystem = 'pypi' | 'npm' | 'gem' | 'go' | 'composer';

/** What a package of a language registry needs from an image in addition to its own files. */
export interface PackageNeeds {
  /** Programs that it calls. */
  readonly programs?: readonly string[];
  /** Packages that bring it along and do without its programs, and the names by which sources import it. */
  readonly idleBeside?: readonly string[];
  readonly modules?: readonly string[];
  /**
   * Debian packages with headers of the libraries that it links against; `runtimeLibraries` maps them to runtime
   * packages.
   */
  readonly headers?: readonly string[];
  /** Debian packages that it needs and that full images already contain. */
  readonly debian?: readonly string[];
  /** The Alpine packages with these libraries. */
  readonly alpine?: readonly string[];
  /** It has further, unknown needs: a move to a smaller image must be refused. */
  readonly isUnknown?: boolean;
  /** It starts arbitrary programs, so everything that the author installed with it stays. */
  readonly startsOthers?: boolean;
  /** Go: it is built with the C compiler, as are the modules below it. */
  readonly isC?: boolean;
  /** It has prebuilt wheels for glibc that include its libraries. */
  readonly hasWheels?: boolean;
  /** By minor version of Python 3, its first version with prebuilt wheels: older ones are compiled. */
  readonly wheels?: Readonly<Record<string, string>>;
  readonly source?: string;
  readonly date?: string;
}

let table: ReadonlyMap<string, PackageNeeds> | undefined;

/**
 * The only table of packages that call programs or need system libraries. Splitters use it and have no tables of their
 * own; `systemNeeds` of the optimizer looks up the programs itself. Undefined for packages without such needs.
 */
export function packageNeeds(ecosystem: Ecosystem, name: string): PackageNeeds | undefined {
  table ??= new Map(
    (data.packages as readonly (PackageNeeds & { ecosystem: string; names: readonly string[] })[]).flatMap((row) =>
      row.names.map((one) => [`${row.ecosystem} ${one}`, row] as const),
    ),
  );
  return table.get(`${ecosystem} ${plainName(ecosystem, name)}`);
}

/** True for a Go module that calls C, or is useless without it. */
export function isCModule(module: string): boolean {
  const parts = module.split('/');
  return parts.some((_, index) => packageNeeds('go', parts.slice(0, index + 1).join('/'))?.isC);
}

/** PyPI treats `Git_Python` as `git-python`; names of Go modules end in folders and a version. */
function plainName(ecosystem: Ecosystem, name: string): string {
  if (ecosystem === 'pypi') return name.toLowerCase().replace(/[-_.]+/g, '-');
  return ecosystem === 'go' ? name.replace(/[/.]v\d+$/, '') : name;
}
