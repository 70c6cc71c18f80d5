import type { ScannerChoice, ScannerKind } from '../../reports/scanRequest';
import type { Subject } from './scanner';

/** Of one image, with the download of the scanner's data. */
export const TIME_LIMIT_MS = 15 * 60_000;

/** How one scanner is called. */
export interface ScannerDialect {
  readonly program: string;
  args(subject: Subject, choice: ScannerChoice): readonly string[];
  /** What keeps it from asking for anything but the image and its data. */
  readonly env: Readonly<Record<string, string>>;
  readonly canReadArchives: boolean;
  /** How to get it. */
  readonly url: string;
}

/** `--exit-code 0`: what was found is no failure, whatever the user's own settings make of it. */
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

/** Trivy and Grype call it alike; Clair takes none. */
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
    // By CVE: the same name for the same thing as with the others, and in ignore files.
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
