import type { ImageReference } from '../dockerfile/model';

/** Facts about images, each with its source and date. Unknown stays undefined: callers are then silent. */
export interface KnowledgeBase {
  image(reference: ImageReference): ImageFacts | undefined;
  /** The date of the data, `YYYY-MM`, shown with every figure. */
  readonly asOf: string;
  /** Today, `YYYY-MM-DD`, by the clock of the host; undefined where there is none: then nothing has ended. */
  readonly today: string | undefined;
  /** Images that are known, without registry where they are of Docker Hub. */
  readonly names: readonly string[];
  /** Tags of an image that are known to exist, newest version first, those without fixes last. */
  tags(name: string): readonly KnownTag[];
}

export interface KnownTag {
  readonly tag: string;
  readonly facts: ImageFacts;
}

export interface ImageFacts {
  /** Compressed, linux/amd64; undefined when no source gives it. */
  readonly sizeBytes?: number;
  /** `YYYY-MM`: when it had that size. */
  readonly sizeAsOf?: string;
  readonly distro?: Distro;
  /** `bookworm`, `3.20`, `noble` … */
  readonly distroRelease?: string;
  readonly libc?: 'glibc' | 'musl';
  /** The tool that installs packages; undefined for images without one. */
  readonly packageManager?: 'apt' | 'apk' | 'dnf';
  /** What RUN is run by; undefined for images without a shell. */
  readonly shell?: string;
  /** One of Docker's official images. */
  readonly isOfficial: boolean;
  /** The user that a container starts as; `root` when the image sets none. */
  readonly defaultUser?: string;
  /** A non-root user that the image brings along, such as `node`. */
  readonly readyUser?: string;
  /** What a container starts unless the file says otherwise: ENTRYPOINT and CMD in one line. */
  readonly starts?: string;
  /** The variables that it may set; undefined where they are not known. All others are certainly not set. */
  readonly env?: ReadonlySet<string>;
  /** How users are made in it: shadow's useradd, or BusyBox's adduser; undefined when it has neither. */
  readonly userTools?: 'shadow' | 'busybox';
  /** Made to start as root and to drop privileges itself: postgres, nginx, redis … */
  readonly dropsPrivileges: boolean;
  /** What the image is for: a full language image, an SDK, a slim variant … */
  readonly variant?: ImageVariant;
  /** A smaller tag of the same version and distro. */
  readonly smaller?: SmallerImage;
  readonly deprecated?: Deprecation;
  readonly endOfLife?: EndOfLife;
  /** Where the facts are from. */
  readonly source: string;
}

export type Distro = 'debian' | 'ubuntu' | 'alpine' | 'rhel' | 'distroless' | 'busybox' | 'windows' | 'other';
export type ImageVariant = 'full' | 'slim' | 'alpine' | 'sdk' | 'jdk' | 'jre' | 'runtime' | 'distroless';

export interface SmallerImage {
  /** The tag to write instead, e.g. `3.11-slim-bookworm`. */
  readonly tag: string;
  readonly sizeBytes?: number;
  /** Same distribution and release, only less installed. False for e.g. alpine. */
  readonly isSameDistro: boolean;
}

/** When what an image is made of gets no security fixes any more. */
export interface EndOfLife {
  /** `Debian buster`, `Node.js 14`. */
  readonly what: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly source: string;
}

export interface Deprecation {
  /** Why, as one clause: `no updates since 2022-07`. */
  readonly reason: string;
  /** The image to use instead; for the same tag when one is known. */
  readonly successor?: string;
  readonly source: string;
}
