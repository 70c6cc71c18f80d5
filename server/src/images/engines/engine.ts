import type { EngineKind, Outcome } from '../../reports/outcome';
import type { ContainerRuntime } from './runtime';

/** Builds images and runs containers. Errors are returned as values, with a text for a person. */
export interface ContainerEngine {
  readonly kind: EngineKind;
  /** The absolute path of the program. */
  readonly program: string;
  /** Builds an image with the tag `tag`. It stays until `remove`; leftovers of a failed build are removed. */
  build(request: BuildRequest): Promise<Outcome<undefined>>;
  /**
   * The image as a docker archive or OCI layout in one tar stream; `read` receives it as a stream.
   * @throws what `read` throws, unless the engine failed first
   */
  save<T>(
    image: string,
    options: RunningOptions,
    read: (archive: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<Outcome<T>>;
  /** Runs a container until it exits and removes it, even after a cancel. Undefined: this engine can only build. */
  readonly run: ((request: RunRequest) => Promise<Outcome<RunResult>>) | undefined;
  /** Starts containers and looks into them. Undefined: this engine can only build. */
  readonly runtime: ContainerRuntime | undefined;
  /** Removes an image; it may be gone already. Not cancellable, because it also runs after a cancel. */
  remove(image: string): Promise<Outcome<undefined>>;
}

export interface RunningOptions {
  readonly signal: AbortSignal;
  /** Receives the engine's output while it works. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

export interface BuildRequest extends RunningOptions {
  /** The text of the Dockerfile, which need not be saved. */
  readonly text: string;
  /** The absolute path of the build context. */
  readonly contextFolder: string;
  /** Where it is saved: an ignore file may be beside it. */
  readonly dockerfilePath?: string | undefined;
  /** Ignore patterns; undefined: those of the file beside the Dockerfile, else of the build context. */
  readonly ignore?: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly target?: string | undefined;
  /** Passed on unchanged, such as `--network`, `host`. */
  readonly options: readonly string[];
  readonly tag: string;
}

export interface RunRequest extends RunningOptions {
  readonly image: string;
  /** The arguments after the image. */
  readonly args: readonly string[];
  /** Options before the image, such as `--volume`, `/a:/b:ro`. */
  readonly options: readonly string[];
  readonly timeLimitMs: number;
  readonly outputLimitBytes: number;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: Buffer;
  /** The last part of standard error. */
  readonly stderr: string;
}
