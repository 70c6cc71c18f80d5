import type { Localize } from '../l10n/localize';
import type { EngineChoice } from './outcome';

/** What to build and measure. */
export interface MeasureRequest {
  /** The text of the Dockerfile, which need not be saved. */
  readonly text: string;
  /** The absolute path of the build context. */
  readonly contextFolder: string;
  /** Ignore patterns; undefined: use the `.dockerignore` of the build context. */
  readonly ignore?: string | undefined;
  readonly targetStage: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly engine: EngineChoice;
  /** More options, passed to the engine's `build` unchanged. */
  readonly buildOptions: readonly string[];
  readonly localize: Localize;
  /** Receives the engine's output while it works. */
  readonly onOutput: (text: string) => void;
}
