import type { Deprecation, Distro } from './knowledgeBase';

/** An entry of data/families.json: what is true of all tags of some images. */
export interface Family {
  readonly names: readonly string[];
  /** Docker Hub when left out. */
  readonly registry?: string;
  /** How its tags are read; without one `distro` holds for all of them. */
  readonly scheme?: Scheme;
  readonly distro?: Distro;
  readonly user?: string;
  readonly readyUser?: string;
  /** A build image: as a final stage it carries a toolchain that nothing runs. */
  readonly isSdk?: boolean;
  /** The first version with slim variants. */
  readonly slimSince?: string;
  /** Tags, as a pattern, whose program starts as root and steps down. */
  readonly dropsPrivilegesIn?: string;
  /** Tags, as a pattern, of RHEL images that have useradd. */
  readonly userToolsIn?: string;
  readonly deprecated?: Pick<Deprecation, 'reason'> & { readonly successor: string };
  readonly source: string;
  /** `YYYY-MM`. */
  readonly date: string;
}

export type Scheme =
  | 'debian'
  | 'debian-language'
  | 'debian-or-alpine'
  | 'debian-or-ubuntu'
  | 'java'
  | 'corretto'
  | 'build-tool'
  | 'distroless'
  | 'dotnet';
