export interface ContextFile {
  readonly sizeBytes: number;
  /** The owner may run it; undefined where the file system has no such bit, as on Windows. */
  readonly isExecutable?: boolean;
}

/** A snapshot of the files beside a Dockerfile, which rules and transforms read synchronously. */
export interface BuildContext {
  /**
   * Paths relative to the context's root, with `/` between folders and without a leading `./`. Includes files that
   * .dockerignore excludes from a build.
   */
  readonly files: ReadonlyMap<string, ContextFile>;
  /** The text of a manifest (package.json, requirements.txt, go.mod …); undefined when absent or not read. */
  read(path: string): string | undefined;
  /**
   * Folders that were not listed: caches and dependencies (by name), and folders that are nested too deeply; '' when
   * the listing was cut off.
   */
  readonly unlisted: readonly string[];
  /** False when there are such folders: then a missing entry proves nothing. */
  readonly isComplete: boolean;
}

/**
 * Python writes this file into the folder of each virtual environment, whatever its name. It is the only file listed of
 * such a folder.
 */
export const ENVIRONMENT_FILE = 'pyvenv.cfg';

/** The virtual environments among the files. */
export function environmentsIn({ files }: Pick<BuildContext, 'files'>): string[] {
  const end = `/${ENVIRONMENT_FILE}`;
  return [...files.keys()].filter((path) => path.endsWith(end)).map((path) => path.slice(0, -end.length));
}
