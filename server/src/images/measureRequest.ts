import type { Localize } from '../l10n/localize';
import type { EngineChoice, Outcome } from './engines/outcome';
import type { Measurement } from './measurement';

/** What is to be built and measured. */
export interface MeasureRequest {
  /** Of the Dockerfile, which need not be saved. */
  readonly text: string;
  /** The whole path of the folder that is built from. */
  readonly contextFolder: string;
  /** What is not sent; undefined: what the folder's own `.dockerignore` says. */
  readonly ignore?: string | undefined;
  readonly targetStage: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly engine: EngineChoice;
  /** More options for the engine's `build`, as they are. */
  readonly buildOptions: readonly string[];
  readonly localize: Localize;
  readonly signal: AbortSignal;
  /** What the engine writes while it works. */
  readonly onOutput: (text: string) => void;
}

/** Builds an image, measures and removes it. Never rejects. */
export type MeasureDockerfile = (request: MeasureRequest) => Promise<Outcome<Measurement>>;
