import type { ImageReference } from '../dockerfile/model';

/** Facts about images, each with its source and date. An unknown fact is undefined, and callers then report nothing. */
export interface KnowledgeBase {
  image(reference: ImageReference): ImageFacts | undefined;
  /** The date of the data, `YYYY-MM`, shown with every figure. */
  readonly asOf: string;
  /** Today, `YYYY-MM-DD`, from the clock of the host; undefined without a clock: then no release counts as ended. */
  readonly today: string | undefined;
  /** Known images; those on Docker Hub without a registry. */
  readonly names: readonly string[];
  /** Known tags of an image: newest version first, those without security fixes last. */
  tags(name: string): readonly KnownTag[];
}

export interface KnownTag {
  readonly tag: string;
  readonly facts: ImageFacts;
}

export interface ImageFacts {
  /** Compressed, linux/amd64; undefined without a source. */
  readonly sizeBytes?: number;
  /** `YYYY-MM`: the month of that size. */
  readonly sizeAsOf?: string;
  readonly distro?: Distro;
  /** `bookworm`, `3.20`, `noble` … */
  readonly distroRelease?: string;
  /** The release behind a tag that moves on to newer ones. */
  readonly currentRelease?: string;
  readonly libc?: 'glibc' | 'musl';
  /** The tool that installs packages; undefined for images without one. */
  readonly packageManager?: 'apt' | 'apk' | 'dnf';
  /** The shell for RUN; undefined for images without one. */
  readonly shell?: string;
  /** One of Docker's official images. */
  readonly isOfficial: boolean;
  /** The user that a container starts as; `root` when the image sets none. */
  readonly defaultUser?: string;
  /** A non-root user that exists in the image, such as `node`. */
  readonly readyUser?: string;
  /** What a container starts unless the Dockerfile overrides it: ENTRYPOINT and CMD in one line. */
  readonly starts?: string;
  /** The variables that it may set; undefined when unknown. All others are certainly unset. */
  readonly env?: ReadonlySet<string>;
  /** How to create users in it: with shadow's useradd or BusyBox's adduser; undefined when it has neither. */
  readonly userTools?: 'shadow' | 'busybox';
  /** Designed to start as root and to drop privileges itself: postgres, nginx, redis … */
  readonly dropsPrivileges: boolean;
  /** The purpose of the image: a full language image, an SDK, a slim variant … */
  readonly variant?: ImageVariant;
  /** A smaller tag of the same version and distribution. */
  readonly smaller?: SmallerImage;
  readonly deprecated?: Deprecation;
  readonly endOfLife?: EndOfLife;
  readonly source: string;
}

export type Distro = 'debian' | 'ubuntu' | 'alpine' | 'rhel' | 'distroless' | 'busybox' | 'windows' | 'other';
export type ImageVariant = 'full' | 'slim' | 'alpine' | 'sdk' | 'jdk' | 'jre' | 'runtime' | 'distroless';

export interface SmallerImage {
  /** The tag to use instead, e.g. `3.11-slim-bookworm`. */
  readonly tag: string;
  readonly sizeBytes?: number;
  /** Same distribution and release with fewer packages. False for alpine, for example. */
  readonly isSameDistro: boolean;
}

/** When a component of the image stops getting security fixes. */
export interface EndOfLife {
  /** `Debian buster`, `Node.js 14`. */
  readonly what: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The release of the same product that gets fixes longest. */
  readonly longest: { readonly what: string; readonly date: string };
  readonly source: string;
}

export interface Deprecation {
  /** The reason, as one clause: `no updates since 2018`. */
  readonly reason: string;
  /** The image to use instead; with the same tag when that is known to exist. */
  readonly successor?: string;
  readonly source: string;
}
