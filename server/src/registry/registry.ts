import type { ImageReference } from '../dockerfile/model';

/** A registry that is asked over the network; nothing is asked before the user has allowed it. */
export interface Registry {
  /** The image that a tag stands for now. Never rejects. */
  image(reference: RegistryReference, signal: AbortSignal): Promise<RegistryAnswer<RemoteImage>>;
  /** All tags of a repository. Never rejects. */
  tags(reference: RegistryReference, signal: AbortSignal): Promise<RegistryAnswer<readonly string[]>>;
}

export type RegistryReference = Pick<ImageReference, 'registry' | 'repository' | 'tag' | 'digest'>;

/** An answer, or why there is none, in words without any secret. */
export type RegistryAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

export interface RemoteImage {
  /** Of the index where there is one, so that it stands for all platforms. */
  readonly digest: string;
  /** Compressed, of the wanted platform: layers and configuration. */
  readonly sizeBytes: number;
  /** ISO 8601; undefined where the image does not say. */
  readonly created?: string;
  /** The user that it starts as; undefined for root. */
  readonly user?: string;
  readonly entrypoint?: readonly string[];
}

export interface RegistryOptions {
  /** `linux/amd64`, `linux/arm64/v8`. */
  readonly platform: string;
  /** Host of a registry → host to ask in its place. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** Programs that keep passwords may be started. */
  readonly isTrusted: boolean;
  /** Where answers are kept; undefined: only in memory. */
  readonly cacheFolder: string | undefined;
}
