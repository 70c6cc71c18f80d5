import type { BuildContext } from '../engine/buildContext';

/** An install by what it reads. */
export interface ManifestInstall {
  isManifest(path: string): boolean;
  /**
   * What to copy for it, folders with `/` at their end; undefined where it is not certain that this is there and is
   * enough. The sources lie in a folder of the image, the install runs in another or in the same.
   */
  manifestsFor(context: BuildContext | undefined, place: Place): readonly string[] | undefined;
}

export interface Place {
  readonly sources: string;
  readonly workdir: string;
}
