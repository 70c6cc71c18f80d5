/** Measurements of the layer that an instruction created, in an image that was built from exactly this text. */
export interface MeasuredWaste {
  /** Its index among all instructions of the file. */
  readonly instruction: number;
  /** Bytes of its layer that later layers replace or delete. */
  readonly wastedBytes: number;
  /** Caches of package managers that remain in its layer. */
  readonly caches: readonly { readonly kind: string; readonly bytes: number }[];
}
