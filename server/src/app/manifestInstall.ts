import type { BuildContext } from '../engine/buildContext';

/** An install described by the files that it reads. */
export interface ManifestInstall {
  isManifest(path: string): boolean;
  /**
   * The files to copy for it, folders with a trailing `/`; undefined where it is uncertain that they exist and are
   * enough. `sources` is the folder of the sources in the image, `workdir` the one in which the install runs.
   */
  manifestsFor(context: BuildContext | undefined, place: Place): readonly string[] | undefined;
}

export interface Place {
  readonly sources: string;
  readonly workdir: string;
}
