export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

export function bundledPackages(
  metafiles: readonly { readonly inputs: Readonly<Record<string, unknown>> }[],
): readonly BundledPackage[];

export function thirdPartyNotices(packages: readonly BundledPackage[]): string;
