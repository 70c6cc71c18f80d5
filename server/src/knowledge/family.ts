import type { ByTag } from './byTag';
import type { Deprecation, Distro, ImageFacts, ImageVariant } from './knowledgeBase';

/** An entry of data/families.json: facts about the tags of some images. Patterns match the tag in lower case. */
export interface Family {
  /** As on Docker Hub, without `library/`; images of other registries include the host. */
  readonly names: readonly string[];
  /** The base distribution when the tag does not name one. */
  readonly distro?: ByTag<Distro>;
  /** Version → release of the distribution for tags that name no release. */
  readonly releases?: Readonly<Record<string, string>>;
  /** The same for tags without a patch level: these move to the next release when the images are rebuilt. */
  readonly minorReleases?: Readonly<Record<string, string>>;
  /** Minor version → the last patch level that was built on each release, oldest first: such a tag is never rebuilt. */
  readonly lastPatches?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * The release behind tags that move on to another one (docker-library/official-images@37079fb336f5, 2026-08): for
   * what a reader should know, not for what a build has to rely on.
   */
  readonly current?: ByTag<string>;
  /** The user that a container starts as; omitted when uncertain. */
  readonly user?: ByTag<string>;
  readonly readyUser?: ByTag<string>;
  /** What a container starts, as written in a shell. */
  readonly entrypoint?: ByTag<string>;
  readonly cmd?: ByTag<string>;
  /** All variables except PATH that any of its tags sets or has ever set; omitted when unknown. */
  readonly env?: string;
  /** For distributions that do not determine it: RHEL images with and without useradd. */
  readonly userTools?: ByTag<NonNullable<ImageFacts['userTools']>>;
  readonly variant?: ByTag<ImageVariant>;
  /** Tags whose program starts as root and then drops privileges. */
  readonly dropsPrivilegesIn?: string;
  readonly slim?: SlimTags;
  /** Each tag with a JDK has an equivalent with `jre`. */
  readonly hasJre?: boolean;
  readonly deprecated?: FamilyDeprecation;
  readonly source: string;
  /** `YYYY-MM`: when the fact was read from the source. */
  readonly date: string;
}

/** How the slim variants of an image are tagged. */
export interface SlimTags {
  /** The first version with a slim variant. */
  readonly since: string;
  /** `3.11-slim-bookworm`, or `20-bookworm-slim`. */
  readonly place: 'before-release' | 'after-release';
  /** Tags that stand in for a version: `lts`, `iron`. */
  readonly words?: readonly string[];
  /** Only documentation is removed, so a suggestion is useful only where both sizes are known. */
  readonly needsSizes?: boolean;
}

export interface FamilyDeprecation extends Pick<Deprecation, 'reason'> {
  /** The affected tags; all when omitted. */
  readonly tags?: string;
  readonly successor?: string;
  /** Tags that the successor also has. */
  readonly keepsTags?: string;
}
