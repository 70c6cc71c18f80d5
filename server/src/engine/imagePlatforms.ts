import type { ImageReference } from '../dockerfile/model';

/** What registries report. The engine asks; the host that may use the network answers. */
export interface ImagePlatforms {
  /** `linux/amd64`: the platform of a FROM that names none. */
  readonly expected: string;
  /** `linux/amd64`, `linux/arm64/v8`; undefined when they are unknown. */
  of(image: ImageReference): readonly string[] | undefined;
}
