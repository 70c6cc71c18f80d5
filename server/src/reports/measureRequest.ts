import type { Localize } from '../l10n/localize';
import type { EngineChoice } from './outcome';

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
  /** What the engine writes while it works. */
  readonly onOutput: (text: string) => void;
}
