import type { Duplex } from 'node:stream';
import type { Outcome } from '../../reports/outcome';

/** Starts containers and looks into them, where `ContainerEngine.run` only waits for their end. */
export interface ContainerRuntime {
  /** The configuration and size of an image. */
  inspect(image: string, signal: AbortSignal): Promise<Outcome<ImageInfo>>;
  /** Starts a container that stays until it is removed. */
  start(request: StartRequest): Promise<Outcome<Container>>;
  /** Starts a container that is connected through its standard input and output. */
  connect(request: Pick<StartRequest, 'image' | 'args' | 'options'>): Connection;
  /** A container that something else has started; removing it is left to that. */
  attach(id: string, remove: () => Promise<void>): Container;
  /** Removes the containers and images whose owner, a process of this machine, no longer runs. */
  removeLeftovers(): Promise<void>;
}

/** An image's configuration as the engine reports it. */
export interface ImageInfo {
  /** Unpacked size of all layers. */
  readonly bytes: number;
  readonly layers: number;
  /** `linux/amd64` */
  readonly platform: string;
  /** As in USER; empty: root. */
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly hasHealthCheck: boolean;
  /** `8000/tcp` */
  readonly exposed: readonly string[];
}

export interface StartRequest {
  readonly image: string;
  /** The arguments after the image. */
  readonly args: readonly string[];
  /** Options before the image. */
  readonly options: readonly string[];
  /** Variables of the container; their values are on no command line, where other users could read them. */
  readonly env?: ReadonlyMap<string, string> | undefined;
  readonly signal: AbortSignal;
}

export interface Connection {
  readonly stream: Duplex;
  /** Ends it and removes its container. */
  remove(): Promise<void>;
}

/** A container that was started; it may have exited. */
export interface Container {
  readonly id: string;
  state(): Promise<ContainerState>;
  /** The last lines that it has written; undefined: as many as are of use. */
  log(lines?: number): Promise<ContainerLog>;
  /** Absolute paths that it has added or changed; undefined if the engine does not say. */
  changes(): Promise<readonly string[] | undefined>;
  /** Whether there is a folder at an absolute path. */
  hasFolder(path: string): Promise<boolean>;
  /** Asks it to stop, and kills it after some seconds. */
  stop(seconds: number, signal: AbortSignal): Promise<void>;
  /** With its anonymous volumes. Not cancellable, because it also runs after a cancel. */
  remove(): Promise<void>;
}

export interface ContainerState {
  readonly isRunning: boolean;
  readonly exitCode: number;
  /** Undefined: there is no health check. */
  readonly health: string | undefined;
}

export interface ContainerLog {
  /** False: its first lines are missing, because it is long. */
  readonly isWhole: boolean;
  readonly stdout: string;
  readonly stderr: string;
}
