/** What a configuration says about running an image to verify a plan. */
export interface VerifySettings {
  /** Requests to compare; empty: `GET /` on each port that listens. */
  readonly http: readonly HttpCheck[];
  readonly env: ReadonlyMap<string, string>;
  /** Files with variables, relative to the build context. */
  readonly envFiles: readonly string[];
  /** Arguments after the image, in place of CMD. */
  readonly args: readonly string[];
  /** More starts, each with its arguments; empty: `--help`, if there is an ENTRYPOINT. */
  readonly calls: readonly (readonly string[])[];
  /** Mounts as in `docker run --volume`; paths of the host are relative to the build context. */
  readonly volumes: readonly string[];
  /** A command for the host's shell, which gets the image as `$IMAGE` and has to do the same on both. */
  readonly command: string | undefined;
  /** A service of the Compose file beside it, which is started with its dependencies. */
  readonly compose: string | undefined;
  /** How long the program may take until it listens, is healthy or exits. */
  readonly startSeconds: number;
  /** How long a program that does none of these is watched. */
  readonly watchSeconds: number;
  /** What is not compared. */
  readonly ignore: readonly Aspect[];
}

/** What a probe compares. */
export const ASPECTS = [
  'build',
  'end',
  'health',
  'ports',
  'http',
  'output',
  'user',
  'files',
  'stop',
  'arguments',
  'command',
] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface HttpCheck {
  readonly method: string;
  readonly path: string;
  /** Undefined: each port that listens. */
  readonly port: number | undefined;
  /** What is sent. */
  readonly body: string | undefined;
  /** What both images have to answer; undefined: the same as before. */
  readonly status: number | undefined;
  readonly contains: string | undefined;
}

export const defaultVerifySettings: VerifySettings = {
  http: [],
  env: new Map(),
  envFiles: [],
  args: [],
  calls: [],
  volumes: [],
  command: undefined,
  compose: undefined,
  startSeconds: 60,
  watchSeconds: 8,
  ignore: [],
};
