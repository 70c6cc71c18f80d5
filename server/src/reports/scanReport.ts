/** The result of scanning one image, for all scanners; as JSON, for the editor, the command line and the view. */
export interface ScanReport {
  readonly scanner: { readonly name: 'trivy' | 'clair' | 'grype'; readonly version?: string };
  /** The requested image. */
  readonly image: string;
  /** `debian 12.11`; undefined when the scanner does not say. */
  readonly distribution?: string;
  /** ISO 8601. */
  readonly scannedAt: string;
  /** The worst first, then by package and id. */
  readonly vulnerabilities: readonly Vulnerability[];
  /** How many vulnerabilities an ignore file removed. */
  readonly ignored: number;
  /** Notes for the reader: unsupported parts of the report, unused ignore entries … */
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
  /** The digest of the layer that added the package: of the unpacked layer, but in Clair of the compressed one. */
  readonly layer?: string;
  /** Where the package was found, for language packages. */
  readonly path?: string;
  readonly url?: string;
  /** 0–10, the CVSS base score of the highest version given. */
  readonly score?: number;
}
