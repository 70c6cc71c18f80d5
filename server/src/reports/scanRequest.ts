import type { Localize } from '../l10n/localize';
import type { MadeLayer } from './keptScans';
import type { EngineChoice } from './outcome';
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
export interface ScanRequest {
  /** The base images of the file, or the image that is built from it. */
  readonly what: 'base' | 'built';
  /** The name of the built image in its report. */
  readonly name: string;
  /** The text of the Dockerfile, which need not be saved. */
  readonly text: string;
  /** The absolute path of the build context. */
  readonly contextFolder: string;
  readonly targetStage: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Names that are not images: those of additional build contexts. */
  readonly contexts: ReadonlySet<string>;
  readonly engine: EngineChoice;
  /** More options, passed to the engine's `build` unchanged. */
  readonly buildOptions: readonly string[];
  readonly scanner: ScannerChoice;
  readonly localize: Localize;
  /** Receives the output of scanners and engines while they work. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

export interface Scanned {
  readonly reports: readonly ScanReport[];
  /** The layers of a built image whose instruction is known. */
  readonly layers: readonly MadeLayer[];
}
