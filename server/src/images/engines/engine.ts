import type { EngineKind, Outcome } from '../../reports/outcome';

/** What builds images and runs containers. Whatever goes wrong comes back as a value, in words for a person. */
export interface ContainerEngine {
  readonly kind: EngineKind;
  /** Its whole path. */
  readonly program: string;
  /** Builds an image under `tag`. It stays there until `remove`, and what a failed build leaves is removed. */
  build(request: BuildRequest): Promise<Outcome<undefined>>;
  /**
   * The image as a docker archive or OCI layout in one tar stream; `read` takes it as it comes.
   * @throws what `read` throws, unless the engine failed first
   */
  save<T>(
    image: string,
    options: RunningOptions,
    read: (archive: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<Outcome<T>>;
  /** Runs a container to its end and removes it, also when it is cancelled. Undefined: this engine only builds. */
  readonly run: ((request: RunRequest) => Promise<Outcome<RunResult>>) | undefined;
  /** Removes an image; it may be gone already. Not cancellable: it is what comes after a cancel. */
  remove(image: string): Promise<Outcome<undefined>>;
}

export interface RunningOptions {
  readonly signal: AbortSignal;
  /** What the engine writes while it works. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

export interface BuildRequest extends RunningOptions {
  /** Of the Dockerfile, which need not be saved. */
  readonly text: string;
  /** The whole path of the folder that is built from. */
  readonly contextFolder: string;
  /** What is not sent; undefined: what the folder's own `.dockerignore` says. */
  readonly ignore?: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly target?: string | undefined;
  /** As they are, such as `--network`, `host`. */
  readonly options: readonly string[];
  readonly tag: string;
}

export interface RunRequest extends RunningOptions {
  readonly image: string;
  /** What the container runs, after the image. */
  readonly args: readonly string[];
  /** Before the image, such as `--volume`, `/a:/b:ro`. */
  readonly options: readonly string[];
  readonly timeLimitMs: number;
  readonly outputLimitBytes: number;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: Buffer;
  /** The end of it. */
  readonly stderr: string;
}
