import type { ByTag } from './byTag';
import type { Deprecation, Distro, ImageFacts, ImageVariant } from './knowledgeBase';

/** An entry of data/families.json: what is true of the tags of some images. Patterns are over the tag in lower case. */
export interface Family {
  /** As on Docker Hub, without `library/`; images of other registries with their host. */
  readonly names: readonly string[];
  /** What an image is built on when its tag names no distribution. */
  readonly distro?: ByTag<Distro>;
  /** Version → release of the distribution that a tag without one is built on. */
  readonly releases?: Readonly<Record<string, string>>;
  /** The same for tags that name no patch level: these move to the next release with the images of the day. */
  readonly minorReleases?: Readonly<Record<string, string>>;
  /** Minor version → the last patch level that was built on each release, oldest first: such a tag is not built again. */
  readonly lastPatches?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The user that a container starts as; left out when it is not certain. */
  readonly user?: ByTag<string>;
  readonly readyUser?: ByTag<string>;
  /** What a container starts, as one would write it in a shell. */
  readonly entrypoint?: ByTag<string>;
  readonly cmd?: ByTag<string>;
  /** The variables that any of its tags sets, now or earlier, but PATH; left out where they are not known. */
  readonly env?: string;
  /** Where the distribution does not tell: RHEL images with and without useradd. */
  readonly userTools?: ByTag<NonNullable<ImageFacts['userTools']>>;
  readonly variant?: ByTag<ImageVariant>;
  /** Tags whose program starts as root and steps down. */
  readonly dropsPrivilegesIn?: string;
  readonly slim?: SlimTags;
  /** Each tag with a JDK has a twin with `jre`. */
  readonly hasJre?: boolean;
  readonly deprecated?: FamilyDeprecation;
  readonly source: string;
  /** `YYYY-MM`: when the fact was read from the source. */
  readonly date: string;
}

/** How the slim variants of an image are tagged. */
export interface SlimTags {
  /** The first version that has one. */
  readonly since: string;
  /** `3.11-slim-bookworm`, or `20-bookworm-slim`. */
  readonly place: 'before-release' | 'after-release';
  /** Tags that stand for a version: `lts`, `iron`. */
  readonly words?: readonly string[];
  /** Only documentation is left out, so there is something to say only where both sizes are known. */
  readonly needsSizes?: boolean;
}

export interface FamilyDeprecation extends Pick<Deprecation, 'reason'> {
  /** Tags that it concerns; all when left out. */
  readonly tags?: string;
  readonly successor?: string;
  /** Tags that the successor has too. */
  readonly keepsTags?: string;
}
