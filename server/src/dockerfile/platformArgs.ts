/** BuildKit sets them above the first FROM; a stage must declare them to use them. */
export const PLATFORM_ARGS: ReadonlySet<string> = new Set(
  ['TARGET', 'BUILD'].flatMap((side) => ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((part) => side + part)),
);
