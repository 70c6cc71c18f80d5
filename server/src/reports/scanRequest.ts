import type { Localize } from '../l10n/localize';
import type { MadeLayer } from './keptScans';
import type { EngineChoice } from './outcome';
import type { ScanReport } from './scanReport';

export const SCANNER_KINDS = ['trivy', 'clair', 'grype'] as const;
export type ScannerKind = (typeof SCANNER_KINDS)[number];

/** Which scanner looks. */
export interface ScannerChoice {
  readonly kind: ScannerKind | 'auto';
  /** The program; undefined: found on PATH. */
  readonly path?: string | undefined;
  /** Where Clair listens, `http://clair.example:6060`. */
  readonly clairHost?: string | undefined;
  /** An image with Trivy in it, to run where there is no program; undefined: none is run. */
  readonly containerImage?: string | undefined;
}

/** What is to be scanned. */
export interface ScanRequest {
  /** The images that the file is built on, or the one that is built from it. */
  readonly what: 'base' | 'built';
  /** What the image that is built goes by in its report. */
  readonly name: string;
  /** Of the Dockerfile, which need not be saved. */
  readonly text: string;
  /** The whole path of the folder that is built from. */
  readonly contextFolder: string;
  readonly targetStage: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Names that stand for no image: those of further build contexts. */
  readonly contexts: ReadonlySet<string>;
  readonly engine: EngineChoice;
  /** More options for the engine's `build`, as they are. */
  readonly buildOptions: readonly string[];
  readonly scanner: ScannerChoice;
  readonly localize: Localize;
  /** What scanners and engines write while they work. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

export interface Scanned {
  readonly reports: readonly ScanReport[];
  /** Of the image that was built, those of which the instruction is known. */
  readonly layers: readonly MadeLayer[];
}
