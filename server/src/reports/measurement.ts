/**
 * The measured content of a built image, as JSON: the server sends it, the command line prints it, the view shows it.
 */
export interface Measurement {
  /** The engine's name for the image, or the path of its archive; empty: it was built to be measured, and is gone. */
  readonly image: string;
  readonly engine: string;
  /** `linux/amd64`. */
  readonly platform: string;
  /** ISO 8601: when it was measured. */
  readonly measuredAt: string;
  /** Unpacked size of all layers, including files that later layers hide. */
  readonly bytes: number;
  /** Compressed size, as a registry would send it; undefined if the engine does not say. */
  readonly compressedBytes?: number;
  /** Bytes in a layer that a later layer replaces or deletes. */
  readonly wastedBytes: number;
  /** From the bottom up, including those of the base image; without empty layers, such as that of ENV. */
  readonly layers: readonly MeasuredLayer[];
  /** Every file of every layer; a file in several layers is listed once for each. */
  readonly files: MeasuredFiles;
  /** The same content in several layers, the most expensive first. */
  readonly duplicates: readonly Duplicate[];
  /** Why layers have no line, for a person; undefined if all layers that the Dockerfile made have one. */
  readonly unmapped?: string;
}

export interface MeasuredLayer {
  /** The digest of the unpacked layer. */
  readonly digest: string;
  /** The instruction in one line, for a person: from the file if it is known, else from the image's history. */
  readonly createdBy: string;
  /** Offsets in the Dockerfile of the instruction that made it; undefined for layers of the base image. */
  readonly span?: { readonly start: number; readonly end: number };
  /** 0-based line of that instruction's keyword. */
  readonly line?: number;
  readonly isBase: boolean;
  /** Bytes of all files in the layer. */
  readonly bytes: number;
  /** The part of these bytes that replaces files of lower layers. */
  readonly overwrittenBytes: number;
  /** Bytes of lower layers that it deletes. */
  readonly deletedBytes: number;
  /** The part of `bytes` that later layers replace or delete. */
  readonly wastedBytes: number;
  readonly fileCount: number;
  readonly caches: readonly LeftCache[];
}

/** Files that a package manager keeps and nothing reads at run time, left in a layer. */
export interface LeftCache {
  /** `apt lists`, `pip cache` … */
  readonly kind: string;
  readonly path: string;
  readonly bytes: number;
}

/** Columns of equal length, to send 50,000 files in one message. */
export interface MeasuredFiles {
  /** Without a leading `/`. */
  readonly paths: readonly string[];
  readonly bytes: readonly number[];
  /** Index in `layers`. */
  readonly layers: readonly number[];
  /** What happened to the file: 0 in the image, 1 replaced by a later layer, 2 deleted by a later layer. */
  readonly states: readonly (0 | 1 | 2)[];
  /** The smallest files, if there are too many to list. */
  readonly leftOut?: { readonly files: number; readonly bytes: number };
}

/** Files with the same content in more than one layer, none of them replaced or deleted. */
export interface Duplicate {
  /** The size of one of them. */
  readonly bytes: number;
  /** Indexes in `files`. */
  readonly files: readonly number[];
}
