import type { Localize } from '../l10n/localize';
import type { EngineChoice } from './outcome';

/** How to build the image of a Dockerfile: part of each request that does. */
export interface ImageBuild {
  /** The text of the Dockerfile, which need not be saved. */
  readonly text: string;
  /** Its absolute path: an ignore file may be beside it. Undefined: it has none. */
  readonly dockerfilePath: string | undefined;
  /** The absolute path of the build context. */
  readonly contextFolder: string;
  readonly targetStage: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly engine: EngineChoice;
  /** More options, passed to the engine's `build` unchanged. */
  readonly buildOptions: readonly string[];
  readonly localize: Localize;
}
