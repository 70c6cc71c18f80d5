import type { VerifySettings } from '../engine/verifySettings';
import type { Localize } from '../l10n/localize';
import type { EngineChoice } from './outcome';

/** One change of a plan, with the Dockerfile and the other files as they are after it. */
export interface Change {
  /** Changes with the same id can only be left out together. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly files: readonly ChangedFile[];
}

/** A file of the build context that a change writes, with its path there. */
export interface ChangedFile {
  readonly path: string;
  readonly after: string;
}

export interface VerifyRequest {
  /** The text of the Dockerfile, which need not be saved. */
  readonly text: string;
  /** The absolute path of the build context. */
  readonly contextFolder: string;
  /** The changes of a plan that leaves out those with these ids. */
  readonly propose: (without: ReadonlySet<string>) => readonly Change[];
  readonly targetStage: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly engine: EngineChoice;
  readonly buildOptions: readonly string[];
  readonly settings: VerifySettings;
  /** Containers may use the network. */
  readonly isNetworkAllowed: boolean;
  /** The command of the settings may run on this machine. */
  readonly isCommandAllowed: boolean;
  readonly localize: Localize;
  /** Receives the engine's output while it works. */
  readonly onOutput: (text: string) => void;
  /** Receives what is being done, for a person. */
  readonly onProgress: (text: string) => void;
}
