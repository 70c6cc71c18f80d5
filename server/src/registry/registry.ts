import type { ImageReference } from '../dockerfile/model';

/** Queries a registry over the network, only after the user has allowed it. */
export interface Registry {
  /** The image that a tag points to now. Never rejects. */
  image(reference: RegistryReference, signal: AbortSignal): Promise<RegistryAnswer<RemoteImage>>;
  /** All tags of a repository. Never rejects. */
  tags(reference: RegistryReference, signal: AbortSignal): Promise<RegistryAnswer<readonly string[]>>;
}

export type RegistryReference = Pick<ImageReference, 'registry' | 'repository' | 'tag' | 'digest'>;

/** An answer, or why there is none, in words that contain no secrets. */
export type RegistryAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly reason: string;
      /** The platforms of an image that lacks the requested one. */
      readonly platforms?: readonly string[];
    };

export interface RemoteImage {
  /** The digest of the index if there is one, so that it covers all platforms. */
  readonly digest: string;
  /** The compressed size for the requested platform: layers and configuration. */
  readonly sizeBytes: number;
  /** ISO 8601; undefined if the image does not say. */
  readonly created?: string;
  /** The user that the image starts as; undefined for root. */
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  /** `linux/amd64`, `linux/arm64/v8`: of the index, or of the image if there is none. */
  readonly platforms?: readonly string[];
}

export interface RegistryOptions {
  /** `linux/amd64`, `linux/arm64/v8`. */
  readonly platform: string;
  /** Registry host → host to use instead. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** Credential helpers may be started. */
  readonly isTrusted: boolean;
  /** Where answers are cached; undefined: only in memory. */
  readonly cacheFolder: string | undefined;
}
