import type { DockerfileModel, Instruction } from '../dockerfile/model';

/** What scanners found in images, for the engine to ask; whoever had them scanned answers. */
export interface ImageScans {
  /** By the instruction that the vulnerabilities came in with: a FROM, or one that made a layer. */
  foundIn(dockerfile: DockerfileModel): ReadonlyMap<Instruction, FoundVulnerabilities>;
}

export interface FoundVulnerabilities {
  /** As it was scanned. */
  readonly image: string;
  /** How many of which severity, in the user's words. */
  readonly counts: string;
  /** `2026-10-02`. */
  readonly scannedOn: string;
  /** The few to look at first. */
  readonly worst: readonly FoundVulnerability[];
}

export interface FoundVulnerability {
  readonly id: string;
  readonly severity: string;
  readonly package: string;
  readonly installedVersion: string;
  readonly fixedVersion?: string;
}
