import type { ShellCheckComment, ShellCheckRequest } from '../engine/shellCheck';
import type { ProjectFiles } from '../project/projectFiles';
import type { Registry, RegistryOptions } from '../registry/registry';
import type { IgnoreFile } from '../reports/ignoreFile';
import type { ValueStore } from '../reports/keptScans';
import type { Measurement } from '../reports/measurement';
import type { MeasureRequest } from '../reports/measureRequest';
import type { Outcome } from '../reports/outcome';
import type { Scanned, ScanRequest } from '../reports/scanRequest';
import type { Verification } from '../reports/verification';
import type { VerifyRequest } from '../reports/verifyRequest';

/** What the language server and the command line need from the machine; most of it is missing in the browser. */
export interface Host extends ProjectFiles {
  /** If the client sends files that cannot be read here: these replace the earlier ones. */
  keepFiles?(files: readonly SentFile[]): void;
  /** Docker on this machine builds with BuildKit. */
  hasBuildKit(): boolean;
  /** The local path of a document; undefined if it has none. */
  pathOf(uri: string): string | undefined;
  /** Undefined where programs cannot be started. */
  readonly runShellCheck: ShellCheckRunner | undefined;
  /** Undefined where images cannot be built. */
  readonly measure: MeasureFile | undefined;
  /** Undefined where images cannot be built and run. */
  readonly verify: VerifyFile | undefined;
  /** Undefined where registries cannot be asked. */
  readonly createRegistry: ((options: RegistryOptions) => Registry) | undefined;
  /** Undefined where programs cannot be started. */
  readonly scanDockerfile: ScanDockerfile | undefined;
  /** The paths that the last commits change in a folder; undefined where programs cannot be started. */
  readonly commitsOf:
    | ((folder: string, signal: AbortSignal) => Promise<readonly (readonly string[])[] | undefined>)
    | undefined;
  /** The ignore files for vulnerabilities in the nearest folder that has any, from `folder` up to `top`. */
  findIgnoreFiles(folder: string, top: string): readonly IgnoreFile[];
  /** Opens a store for one kind of value in a folder; undefined: in the user's cache folder. */
  openStore(kind: string, folder: string | undefined): ValueStore;
}

/** Builds the text of a Dockerfile, measures and removes the image; never rejects. */
export type MeasureFile = (request: MeasureRequest, signal: AbortSignal) => Promise<Outcome<Measurement>>;

/** Builds and runs an image before and after a plan, and removes everything that it made; never rejects. */
export type VerifyFile = (
  request: VerifyRequest,
  signal: AbortSignal,
) => Promise<Outcome<{ readonly verification: Verification }>>;

/** Scans the base images of a Dockerfile, or builds, scans and removes its own image; never rejects. */
export type ScanDockerfile = (request: ScanRequest, signal: AbortSignal) => Promise<Outcome<Scanned>>;

/** Runs ShellCheck on one script; never rejects. */
export type ShellCheckRunner = (
  program: string,
  request: ShellCheckRequest,
  signal: AbortSignal,
) => Promise<ShellCheckAnswer>;

/** An answer, or why there is none. */
export type ShellCheckAnswer =
  | { readonly ok: true; readonly comments: readonly ShellCheckComment[] }
  | { readonly ok: false; readonly reason: string };

interface SentFile {
  readonly uri: string;
  readonly text: string;
}
