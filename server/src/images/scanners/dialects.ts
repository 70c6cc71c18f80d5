import type { ScannerChoice, ScannerKind } from '../../reports/scanRequest';
import type { Subject } from './scanner';

/** The time limit for one image, including the download of the scanner's data. */
export const TIME_LIMIT_MS = 15 * 60_000;

/** How to run one scanner. */
export interface ScannerDialect {
  readonly program: string;
  args(subject: Subject, choice: ScannerChoice): readonly string[];
  /** Prevents requests for anything except the image and the scanner's data. */
  readonly env: Readonly<Record<string, string>>;
  readonly canReadArchives: boolean;
  /** Where to get it. */
  readonly url: string;
}

/** `--exit-code 0`: found vulnerabilities are not an error, even if the user's own settings say so. */
export function trivyArguments({ image, archivePath, platform }: Subject): string[] {
  const subject = archivePath === undefined ? [...ofPlatform(platform), image] : ['--input', archivePath];
  return [
    'image',
    '--format',
    'json',
    '--scanners',
    'vuln',
    '--exit-code',
    '0',
    '--no-progress',
    '--timeout',
    '15m',
    ...subject,
  ];
}

/** Trivy and Grype use the same option; Clair has none. */
function ofPlatform(platform: string | undefined): readonly string[] {
  return platform === undefined ? [] : ['--platform', platform];
}

export const TRIVY_ENV = { TRIVY_SKIP_VERSION_CHECK: 'true' } as const;

export const DIALECTS: Readonly<Record<ScannerKind, ScannerDialect>> = {
  trivy: {
    program: 'trivy',
    args: trivyArguments,
    env: TRIVY_ENV,
    canReadArchives: true,
    url: 'https://trivy.dev/latest/getting-started/installation/',
  },
  grype: {
    program: 'grype',
    // By CVE, so that ids match those of the other scanners and of ignore files.
    args: ({ image, archivePath, platform }) => [
      archivePath === undefined ? image : `docker-archive:${archivePath}`,
      '--output',
      'json',
      '--by-cve',
      ...ofPlatform(platform),
    ],
    env: { GRYPE_CHECK_FOR_APP_UPDATE: 'false' },
    canReadArchives: true,
    url: 'https://github.com/anchore/grype#installation',
  },
  clair: {
    program: 'clairctl',
    args: ({ image }, { clairHost = '' }) => ['report', '--host', clairHost, '--out', 'json', image],
    env: {},
    canReadArchives: false,
    url: 'https://quay.github.io/clair/',
  },
};
