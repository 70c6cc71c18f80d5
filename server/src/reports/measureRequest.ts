import type { ImageBuild } from './imageBuild';

/** What to build and measure. */
export interface MeasureRequest extends ImageBuild {
  /** Ignore patterns; undefined: those that the user's files have. */
  readonly ignore?: string | undefined;
  /** Receives the engine's output while it works. */
  readonly onOutput: (text: string) => void;
}
