import type { BuildContext } from '../engine/buildContext';
import type { NamedBuild } from './builds/buildPart';

/** The files of a project that matter for Dockerfiles. */
export interface ProjectFiles {
  /** The configuration file directly in a folder; undefined when there is none. */
  configurationIn(folder: string): FoundFile | undefined;
  /** The builds in the Compose and Bake files directly in a folder. */
  buildsIn(folder: string): readonly NamedBuild[];
  /** The parent folder; undefined for the outermost one. */
  parentOf(folder: string): string | undefined;
  /** A text file; undefined when it cannot be read. */
  readText(path: string): string | undefined;
  /** The files beside a Dockerfile; undefined when they cannot be listed. */
  buildContext(dockerfilePath: string): BuildContext | undefined;
  /** A file may have changed: what is kept for a while is read anew. */
  forgetFiles?(): void;
}

export interface FoundFile {
  readonly path: string;
  /** Undefined when it exists but cannot be read. */
  readonly text: string | undefined;
}
