/** The files beside a Dockerfile, as a snapshot: rules and transforms read it without waiting. */
export interface BuildContext {
  /** Paths relative to the context's root, `/` between folders, without a leading `./`; also what .dockerignore keeps out of a build. */
  readonly files: ReadonlyMap<string, { readonly sizeBytes: number }>;
  /** The text of a manifest (package.json, requirements.txt, go.mod …); undefined when absent or not read. */
  read(path: string): string | undefined;
  /** Folders that were not looked into: caches and dependencies by their names, and what lies too deep; '' when the listing was cut off. */
  readonly unlisted: readonly string[];
  /** False when there are such folders: absence then proves nothing. */
  readonly isComplete: boolean;
}

/** Python writes it into the folder of each virtual environment, whatever its name. Of such a folder only this file is listed. */
export const ENVIRONMENT_FILE = 'pyvenv.cfg';

/** The virtual environments among the files. */
export function environmentsIn({ files }: Pick<BuildContext, 'files'>): string[] {
  const end = `/${ENVIRONMENT_FILE}`;
  return [...files.keys()].filter((path) => path.endsWith(end)).map((path) => path.slice(0, -end.length));
}
