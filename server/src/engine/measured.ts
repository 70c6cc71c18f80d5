/** What was measured of the layer that an instruction made, in an image that was built from this very text. */
export interface MeasuredWaste {
  /** Its place among all instructions of the file. */
  readonly instruction: number;
  /** Of its layer, what later layers replace or delete. */
  readonly wastedBytes: number;
  /** Of package managers, left in its layer. */
  readonly caches: readonly { readonly kind: string; readonly bytes: number }[];
}

/** The rules that know what to do about it, by what is wasted. */
const MENDED_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ['apt lists', ['apt-get-clean-same-layer']],
  ['apt cache', ['apt-get-clean-same-layer']],
  ['apk cache', ['apk-no-cache']],
  ['dnf cache', ['dnf-clean-all']],
  ['yum cache', ['dnf-clean-all']],
  ['zypper cache', ['zypper-clean']],
  ['pip cache', ['pip-no-cache-dir']],
  ['conda cache', ['conda-clean']],
  ['npm cache', ['npm-clean-cache']],
  ['Yarn cache', ['yarn-clean-cache']],
]);

/** Of a folder that is read at run time too nobody knows whether it is waste. */
export function isSurelyWaste(cache: string): boolean {
  return MENDED_BY.has(cache);
}

/** Rules whose fix at the same instruction mends a measured waste. */
export const MENDING_RULES: ReadonlySet<string> = new Set([
  ...[...MENDED_BY.values()].flat(),
  'no-remove-in-later-layer',
  'no-chown-layer',
  'prefer-copy-chmod',
]);
