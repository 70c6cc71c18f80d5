import type { BuildContext } from '../engine/buildContext';
import type { NamedBuild } from './builds/buildPart';

/** The files of a project, as far as it says something of Dockerfiles. */
export interface ProjectFiles {
  /** The configuration file in a folder itself; undefined when there is none. */
  configurationIn(folder: string): FoundFile | undefined;
  /** What Compose and Bake files in a folder itself say of builds. */
  buildsIn(folder: string): readonly NamedBuild[];
  /** The folder around a folder; undefined for the outermost one. */
  parentOf(folder: string): string | undefined;
  /** A text file; undefined when it cannot be read. */
  readText(path: string): string | undefined;
  /** The files beside a Dockerfile; undefined when they cannot be listed. */
  buildContext(dockerfilePath: string): BuildContext | undefined;
}

export interface FoundFile {
  readonly path: string;
  /** Undefined when it is there and cannot be read. */
  readonly text: string | undefined;
}
