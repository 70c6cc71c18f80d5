/** BuildKit sets them above the first FROM; a stage must declare them to use them. */
export const PLATFORM_ARGS: ReadonlySet<string> = new Set(
  ['TARGET', 'BUILD'].flatMap((side) => ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((part) => side + part)),
);

/**
 * Those of the image as BuildKit sets them for a platform; none when it is written in a way that the builder completes:
 * https://github.com/containerd/platforms (2026-11).
 */
export function platformValues(platform = ''): readonly (readonly [name: string, value: string])[] {
  const [, os, arch, variant = ''] = /^(linux|windows)\/([a-z\d]+)(?:\/(v\d))?$/.exec(platform) ?? [];
  if (os === undefined || arch === undefined || !WHOLE.test(`${arch}/${variant}`)) return [];
  return [
    ['TARGETPLATFORM', platform],
    ['TARGETOS', os],
    ['TARGETARCH', arch],
    ['TARGETVARIANT', variant],
  ];
}

/** Others are aliases, or lack a variant that the builder adds. */
const WHOLE = /^(?:386|amd64|arm64|loong64|mips64le|ppc64le|riscv64|s390x)\/$|^amd64\/v[2-4]$|^arm\/v[5-8]$/;
