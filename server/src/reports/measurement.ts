/** What a built image is really made of, as JSON: the server sends it, the command line prints it, the view shows it. */
export interface Measurement {
  /** What the engine calls the image, or the path of its archive; empty: it was built to be measured, and is gone. */
  readonly image: string;
  readonly engine: string;
  /** `linux/amd64`. */
  readonly platform: string;
  /** ISO 8601: when it was measured. */
  readonly measuredAt: string;
  /** Unpacked: what all layers hold, also what later ones hide. */
  readonly bytes: number;
  /** As a registry would send it, where the engine tells; undefined elsewhere. */
  readonly compressedBytes?: number;
  /** Bytes that lie in a layer although a later layer replaces or deletes them. */
  readonly wastedBytes: number;
  /** From the lowest up, those of the base image too; empty layers, such as that of ENV, are left out. */
  readonly layers: readonly MeasuredLayer[];
  /** Every file of every layer; a file that several layers hold stands here once for each. */
  readonly files: MeasuredFiles;
  /** The same content in several layers, those that cost most first. */
  readonly duplicates: readonly Duplicate[];
  /** Why layers have no line, for a person; undefined when those that the Dockerfile made have one. */
  readonly unmapped?: string;
}

export interface MeasuredLayer {
  /** Digest of the unpacked layer. */
  readonly digest: string;
  /** The instruction in one line, for a person: as the file has it where it is known, else as the image's history has it. */
  readonly createdBy: string;
  /** Offsets of the instruction in the Dockerfile that made it; undefined for layers of the base image. */
  readonly span?: { readonly start: number; readonly end: number };
  /** 0-based line of that instruction's keyword. */
  readonly line?: number;
  readonly isBase: boolean;
  /** Bytes of all files in it. */
  readonly bytes: number;
  /** Of those, bytes that take the place of files of lower layers. */
  readonly overwrittenBytes: number;
  /** Bytes of lower layers that it deletes. */
  readonly deletedBytes: number;
  /** Of `bytes`, what later layers replace or delete. */
  readonly wastedBytes: number;
  readonly fileCount: number;
  readonly caches: readonly LeftCache[];
}

/** What a package manager keeps and nobody reads at run time, left in a layer. */
export interface LeftCache {
  /** `apt lists`, `pip cache` … */
  readonly kind: string;
  readonly path: string;
  readonly bytes: number;
}

/** Columns of one length: 50,000 files in one message. */
export interface MeasuredFiles {
  /** Without a leading `/`. */
  readonly paths: readonly string[];
  readonly bytes: readonly number[];
  /** Index in `layers`. */
  readonly layers: readonly number[];
  /** What became of it: 0 in the image, 1 replaced by a later layer, 2 deleted by a later layer. */
  readonly states: readonly (0 | 1 | 2)[];
  /** The smallest, where there are too many to list. */
  readonly leftOut?: { readonly files: number; readonly bytes: number };
}

/** Files with the same content, all of them in the image, in more than one layer. */
export interface Duplicate {
  /** Of one of them. */
  readonly bytes: number;
  /** Indexes in `files`. */
  readonly files: readonly number[];
}
