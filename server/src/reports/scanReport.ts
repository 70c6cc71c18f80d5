/** What a scanner found in one image, whichever scanner it was; as JSON, for the editor, the command line and the view. */
export interface ScanReport {
  readonly scanner: { readonly name: 'trivy' | 'clair' | 'grype'; readonly version?: string };
  /** The image as it was asked for. */
  readonly image: string;
  /** `debian 12.11`; undefined when the scanner does not say. */
  readonly distribution?: string;
  /** ISO 8601. */
  readonly scannedAt: string;
  /** The worst first, then by package and id. */
  readonly vulnerabilities: readonly Vulnerability[];
  /** How many an ignore file left out. */
  readonly ignored: number;
  /** What the reader has to know: parts that were not understood, ignore entries without use … */
  readonly notes: readonly string[];
}

export type VulnerabilitySeverity = 'critical' | 'high' | 'medium' | 'low' | 'negligible' | 'unknown';

export interface Vulnerability {
  /** `CVE-2024-1234`, `GHSA-…`. */
  readonly id: string;
  readonly severity: VulnerabilitySeverity;
  readonly title?: string;
  readonly package: string;
  readonly installedVersion: string;
  /** Undefined: there is no fixed version yet. */
  readonly fixedVersion?: string;
  /** Digest of the layer that brought the package in: of the unpacked one, but Clair's is that of the packed one. */
  readonly layer?: string;
  /** Where the package was found, for packages of languages. */
  readonly path?: string;
  readonly url?: string;
  /** 0–10, the CVSS base score of the highest version that is given. */
  readonly score?: number;
}
