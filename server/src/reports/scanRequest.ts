import type { ImageBuild } from './imageBuild';
import type { MadeLayer } from './keptScans';
import type { ScanReport } from './scanReport';

export const SCANNER_KINDS = ['trivy', 'clair', 'grype'] as const;
export type ScannerKind = (typeof SCANNER_KINDS)[number];

/** Which scanner to use. */
export interface ScannerChoice {
  readonly kind: ScannerKind | 'auto';
  /** The program; undefined: found on PATH. */
  readonly path?: string | undefined;
  /** Where Clair listens, `http://clair.example:6060`. */
  readonly clairHost?: string | undefined;
  /** A Trivy image to run if there is no scanner program; undefined: do not run one. */
  readonly containerImage?: string | undefined;
}

/** What to scan. */
export interface ScanRequest extends ImageBuild {
  /** The base images of the file, or the image that is built from it. */
  readonly what: 'base' | 'built';
  /** The name of the built image in its report. */
  readonly name: string;
  /** Names that are not images: those of additional build contexts. */
  readonly contexts: ReadonlySet<string>;
  readonly scanner: ScannerChoice;
  /** Receives the output of scanners and engines while they work. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

export interface Scanned {
  readonly reports: readonly ScanReport[];
  /** The layers of a built image whose instruction is known. */
  readonly layers: readonly MadeLayer[];
}
