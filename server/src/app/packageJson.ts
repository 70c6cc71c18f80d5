import type { Site } from './site';

/** What a package.json says, as far as it matters here. */
export interface PackageJson {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
  readonly hasWorkspaces: boolean;
  /** Scripts that npm runs by itself after an install. */
  readonly hasInstallScripts: boolean;
  readonly main: string | undefined;
}

/** Reads it where it lies in the build context; undefined when it is not there or cannot be read. */
export function readPackageJson({ context }: Site, path: string): PackageJson | undefined {
  let json: unknown;
  try {
    json = JSON.parse(context.read(path) ?? '');
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const { scripts, dependencies, devDependencies, optionalDependencies, workspaces, main } = json as Record<
    string,
    unknown
  >;
  const texts = textsOf(scripts);
  return {
    scripts: texts,
    dependencies: new Set([...Object.keys(textsOf(dependencies)), ...Object.keys(textsOf(optionalDependencies))]),
    devDependencies: new Set(Object.keys(textsOf(devDependencies))),
    hasWorkspaces: workspaces !== undefined,
    hasInstallScripts: ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'].some((name) =>
      Object.hasOwn(texts, name),
    ),
    main: typeof main === 'string' ? main : undefined,
  };
}

function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
