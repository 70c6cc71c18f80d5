import { createHash } from 'node:crypto';
import { sarifRegion } from '../../engine/sarifLog';
import type { Localize } from '../../l10n/localize';
import { placeRows } from '../../reports/placeRows';
import type { Vulnerability, VulnerabilitySeverity } from '../../reports/scanReport';
import { SEVERITIES } from '../../reports/vulnerabilities';
import type { ScannedImage } from '../scannedImage';
import type { Session } from '../session';
import { printSarif, sarifUri } from './sarifLog';

const LEVELS: Readonly<Record<VulnerabilitySeverity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  negligible: 'note',
  unknown: 'note',
};

/** The lowest CVSS 3 score of each severity, used when the report has no score. */
const LOWEST_SCORES: Partial<Readonly<Record<VulnerabilitySeverity, number>>> = {
  critical: 9,
  high: 7,
  medium: 4,
  low: 0.1,
};

/** A rule for each vulnerability, a result for each package that has it. */
export function printScanSarif(session: Session, images: readonly ScannedImage[]): void {
  const worst = new Map<string, Vulnerability>();
  for (const { report } of images)
    for (const row of report.vulnerabilities) {
      const known = worst.get(row.id);
      if (!known || rank(row) < rank(known)) worst.set(row.id, row);
    }
  const places = new Map([...worst.keys()].map((id, index) => [id, index]));
  printSarif(session, {
    rules: [...worst.values()].map(ruleOf),
    results: images.flatMap((image) => [...resultsOf(image, places, session.engine.localize)]),
    notifications: images.flatMap(({ report }) =>
      report.notes.map((text) => ({ level: 'note', message: { text: `${report.image}: ${text}` } })),
    ),
  });
}

function rank({ severity }: Vulnerability): number {
  return SEVERITIES.indexOf(severity);
}

function ruleOf(row: Vulnerability): unknown {
  const { id, severity, title, url, score } = row;
  const text = title ?? id;
  const rating = score ?? LOWEST_SCORES[severity];
  return {
    id,
    name: id,
    shortDescription: { text },
    fullDescription: { text },
    ...(url === undefined ? {} : { helpUri: url }),
    help: { text: url === undefined ? text : `${text}\n${url}` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      ...(rating === undefined ? {} : { 'security-severity': rating.toFixed(1) }),
      tags: ['security', 'vulnerability', severity],
    },
  };
}

function* resultsOf(
  { report, source }: ScannedImage,
  places: ReadonlyMap<string, number>,
  localize: Localize,
): Generator<unknown> {
  const located = source
    ? [...placeRows(report.vulnerabilities, source.from, source.layers)].map(([node, rows]) => ({
        rows,
        location: { artifactLocation: { uri: sarifUri(source.path) }, region: sarifRegion(source.lines, node.span) },
      }))
    : [{ rows: report.vulnerabilities, location: imageLocation(report.image) }];
  for (const { rows, location } of located)
    for (const row of rows)
      yield {
        ruleId: row.id,
        ruleIndex: places.get(row.id) ?? -1,
        level: LEVELS[row.severity],
        message: { text: `${report.image}: ${messageOf(row, localize)}` },
        locations: [{ physicalLocation: location }],
        partialFingerprints: { 'vulnerablePackage/v1': fingerprint(report.image, row) },
      };
}

/** Without a file, the image itself is the location: readers of the format require one. */
function imageLocation(image: string): unknown {
  const region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
  return { artifactLocation: { uri: sarifUri(image) }, region };
}

function messageOf(row: Vulnerability, localize: Localize): string {
  const data = { id: row.id, package: row.package, version: row.installedVersion, fixed: row.fixedVersion ?? '' };
  const text =
    row.fixedVersion === undefined
      ? localize('{id} in {package} {version}, no fixed version yet', data)
      : localize('{id} in {package} {version}, fixed in {fixed}', data);
  return row.path === undefined ? text : `${text} (${row.path})`;
}

/** The same in every scan, even when other packages come and go. */
function fingerprint(image: string, { id, package: name, path }: Vulnerability): string {
  return createHash('sha256')
    .update(JSON.stringify([image.replace(/[:@].*$/s, ''), id, name, path]))
    .digest('hex')
    .slice(0, 32);
}
