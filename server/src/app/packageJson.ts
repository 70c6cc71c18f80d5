import type { Site } from './site';

/** The parts of a package.json that matter here. */
export interface PackageJson {
  readonly name: string | undefined;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  readonly hasWorkspaces: boolean;
  /** Scripts that npm runs automatically after an install. */
  readonly hasInstallScripts: boolean;
  readonly main: string | undefined;
  /** The command of `prisma db seed`. */
  readonly prismaSeed: string | undefined;
  /** `yarn@4.5.0`: the version that corepack uses. */
  readonly packageManager: string | undefined;
  /** The requested version of a dependency; undefined for other packages. */
  versionOf(name: string): string | undefined;
}

/** Reads a file of the image from the build context; undefined when it is not there. */
export function readInImage({ copied, context }: Site, path: string): string | undefined {
  const source = copied.files.get(path);
  return source === undefined ? undefined : context.read(source);
}

/** Reads a package.json of the image; undefined when it does not exist or cannot be read. */
export function readPackageJson(site: Site, folder: string): PackageJson | undefined {
  return parsePackageJson(readInImage(site, `${folder === '/' ? '' : folder}/package.json`));
}

/** Undefined when it is not a JSON object. */
export function parsePackageJson(text: string | undefined): PackageJson | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const {
    name,
    scripts,
    dependencies,
    devDependencies,
    optionalDependencies,
    workspaces,
    main,
    packageManager,
    prisma,
  } = json as Record<string, unknown>;
  const texts = textsOf(scripts);
  const versions = new Map(Object.entries({ ...textsOf(devDependencies), ...textsOf(dependencies) }));
  return {
    name: typeof name === 'string' ? name : undefined,
    scripts: texts,
    dependencies: new Set([...Object.keys(textsOf(dependencies)), ...Object.keys(textsOf(optionalDependencies))]),
    devDependencies: new Set(Object.keys(textsOf(devDependencies))),
    hasWorkspaces: workspaces !== undefined,
    hasInstallScripts: ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'].some((name) =>
      Object.hasOwn(texts, name),
    ),
    main: typeof main === 'string' ? main : undefined,
    prismaSeed: textsOf(prisma)['seed'],
    packageManager: typeof packageManager === 'string' ? packageManager : undefined,
    versionOf: (name) => versions.get(name),
  };
}

/** Merges the dependencies of all packages of a project. */
export function withPackages(site: Site, json: PackageJson): PackageJson {
  const others = [...site.copied.files.keys()]
    .filter((path) => path.endsWith('/package.json') && !path.includes('/node_modules/'))
    .flatMap((path) => readPackageJson(site, path.slice(0, -'/package.json'.length)) ?? []);
  return {
    ...json,
    dependencies: new Set(others.flatMap(({ dependencies }) => [...dependencies])),
    devDependencies: new Set(others.flatMap(({ devDependencies }) => [...devDependencies])),
    hasInstallScripts: others.some(({ hasInstallScripts }) => hasInstallScripts),
  };
}

function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
