/** What was measured of the layer that an instruction made, in an image that was built from this very text. */
export interface MeasuredWaste {
  /** Its place among all instructions of the file. */
  readonly instruction: number;
  /** Of its layer, what later layers replace or delete. */
  readonly wastedBytes: number;
  /** Of package managers, left in its layer. */
  readonly caches: readonly { readonly kind: string; readonly bytes: number }[];
}
