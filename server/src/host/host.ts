import type { BuildContext } from '../engine/buildContext';
import type { NamedBuild } from '../engine/builds/buildPart';
import type { ShellCheckComment, ShellCheckRequest } from '../engine/shellCheck';
import type { Outcome } from '../images/engines/outcome';
import type { Measurement } from '../images/measurement';
import type { MeasureRequest } from '../images/measureRequest';
import type { IgnoreFile } from '../images/reports/ignoreFile';
import type { ValueStore } from '../images/reports/keptScans';
import type { ScanDockerfile } from '../images/scanRequest';
import type { Registry, RegistryOptions } from '../registry/registry';

/** What the language server and the command line need of the machine; in the browser most of it is not there. */
export interface Host {
  /** The configuration file in a folder itself; undefined when there is none. */
  configurationIn(folder: string): FoundFile | undefined;
  /** What Compose and Bake files in a folder itself say of builds. */
  buildsIn(folder: string): readonly NamedBuild[];
  /** The folder around a folder; undefined for the outermost one. */
  parentOf(folder: string): string | undefined;
  /** Where the client sends what cannot be read here: from now on these files are there. */
  keepFiles?(files: readonly SentFile[]): void;
  /** A text file; undefined when it cannot be read. */
  readText(path: string): string | undefined;
  /** The files beside a Dockerfile; undefined when they cannot be listed. */
  buildContext(dockerfilePath: string): BuildContext | undefined;
  /** Docker on this machine builds with BuildKit. */
  hasBuildKit(): boolean;
  /** The local path of a document; undefined for documents that lie elsewhere. */
  pathOf(uri: string): string | undefined;
  /** Undefined where no program can be started. */
  readonly runShellCheck: ShellCheckRunner | undefined;
  /** Undefined where no image can be built. */
  readonly measure: MeasureFile | undefined;
  /** Undefined where registries cannot be asked. */
  readonly createRegistry: ((options: RegistryOptions) => Registry) | undefined;
  /** Undefined where no program can be started. */
  readonly scanDockerfile: ScanDockerfile | undefined;
  /** The files of the nearest folder, upwards to another one, that say which vulnerabilities do not count. */
  findIgnoreFiles(folder: string, top: string): readonly IgnoreFile[];
  /** Values of a kind in a folder for such; undefined: in the user's own. */
  openStore(kind: string, folder: string | undefined): ValueStore;
}

/** The files of a project, as far as it says something of Dockerfiles. */
export type ProjectFiles = Pick<Host, 'configurationIn' | 'buildsIn' | 'parentOf' | 'readText' | 'buildContext'>;

/** Builds the text of a Dockerfile, measures and removes the image; never rejects. */
export type MeasureFile = (request: MeasureRequest) => Promise<Outcome<Measurement>>;

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

export interface FoundFile {
  readonly path: string;
  /** Undefined when it is there and cannot be read. */
  readonly text: string | undefined;
}

/** What docs and editors call the baseline; any other name does too, but no editor watches it. */
export const BASELINE_NAME = '.dockerfile-optimizer-baseline.json';

/** Globs of Compose and Bake files. */
export const BUILD_FILES: readonly string[] = ['{docker-,}compose*.{yaml,yml}', 'docker-bake*.{hcl,json}'];

/** In the order in which they win inside one folder; hadolint's is read as it is. */
export const CONFIGURATION_NAMES: readonly string[] = [
  '.dockerfile-optimizer.yaml',
  '.dockerfile-optimizer.yml',
  '.dockerfile-optimizer.json',
  '.hadolint.yaml',
  '.hadolint.yml',
];

/** Finds the configuration that holds in a folder: in it or in the nearest one around it. Each folder is looked at once. */
export function createConfigurationFinder(
  host: Pick<ProjectFiles, 'configurationIn' | 'parentOf'>,
): (folder: string) => FoundFile | undefined {
  const known = new Map<string, FoundFile | undefined>();
  const find = (folder: string): FoundFile | undefined => {
    if (known.has(folder)) return known.get(folder);
    const parent = host.parentOf(folder);
    const found = host.configurationIn(folder) ?? (parent === undefined ? undefined : find(parent));
    known.set(folder, found);
    return found;
  };
  return find;
}
