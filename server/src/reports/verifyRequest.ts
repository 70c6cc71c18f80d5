import type { VerifySettings } from '../engine/verifySettings';
import type { ImageBuild } from './imageBuild';

/** One change of a plan, with the Dockerfile and the other files as they are after it. */
export interface Change {
  /** Changes with the same id can only be left out together. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly files: readonly ChangedFile[];
  /** Another program answers, so output, written files and arguments are not compared. */
  readonly replacesProgram?: boolean;
}

/** A file of the build context that a change writes, with its path there. */
export interface ChangedFile {
  readonly path: string;
  readonly after: string;
}

export interface VerifyRequest extends ImageBuild {
  /** The changes of a plan that leaves out those with these ids. */
  readonly propose: (without: ReadonlySet<string>) => readonly Change[];
  /** The changes are fixes of rules, whose ids they have. */
  readonly isOfRules?: boolean;
  readonly settings: VerifySettings;
  /** Containers may use the network. */
  readonly isNetworkAllowed: boolean;
  /** The command of the settings may run on this machine. */
  readonly isCommandAllowed: boolean;
  /** Receives the engine's output while it works. */
  readonly onOutput: (text: string) => void;
  /** Receives what is being done, for a person. */
  readonly onProgress: (text: string) => void;
}
