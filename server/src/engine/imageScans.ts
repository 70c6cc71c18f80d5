import type { DockerfileModel, Instruction } from '../dockerfile/model';

/** Findings of image scanners. The engine asks for them; the host that ran the scan answers. */
export interface ImageScans {
  /** By the instruction that introduced the vulnerabilities: a FROM, or one that created a layer. */
  foundIn(dockerfile: DockerfileModel): ReadonlyMap<Instruction, FoundVulnerabilities>;
}

export interface FoundVulnerabilities {
  /** The image that was scanned. */
  readonly image: string;
  /** The number of vulnerabilities per severity, in the user's language. */
  readonly counts: string;
  /** `2026-10-02`. */
  readonly scannedOn: string;
  /** The few most important ones. */
  readonly worst: readonly FoundVulnerability[];
}

export interface FoundVulnerability {
  readonly id: string;
  readonly severity: string;
  readonly package: string;
  readonly installedVersion: string;
  readonly fixedVersion?: string;
}
