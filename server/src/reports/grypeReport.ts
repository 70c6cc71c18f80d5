import { given, type JsonRecord, listOf, recordOf, recordsOf, textOf } from '../text/jsonValue';
import { ReportNotes } from './reportNotes';
import type { ReadContext, ReadReport } from './reportReader';
import type { Vulnerability } from './scanReport';
import { dateOf, scoreOf, titleOf, webAddressOf } from './scanValues';
import { orderRows } from './vulnerabilities';

/** Distribution packages: the path where they were found is of no use to the reader. */
const SYSTEM_TYPES = new Set(['deb', 'rpm', 'apk', 'alpm', 'portage', 'linux-kernel', 'linux-kernel-module']);

/** A report of `grype <image> -o json`. */
export function isGrypeReport(value: unknown): boolean {
  const root = recordOf(value);
  return Array.isArray(root?.['matches']) && recordOf(root['descriptor']) !== undefined;
}

export function readGrypeReport(value: unknown, { image, readAt, localize }: ReadContext): ReadReport {
  const root = recordOf(value) ?? {};
  const notes = new ReportNotes(localize);
  const rows = listOf(root['matches']).flatMap((match) => rowsOf(recordOf(match), notes));
  const descriptor = recordOf(root['descriptor']);
  const source = recordOf(root['source']);
  const target = recordOf(source?.['target']);
  const system = recordOf(root['distro']);
  const distribution = [textOf(system?.['name']), textOf(system?.['version'])].filter(Boolean).join(' ');
  const type = textOf(source?.['type']);
  if (type !== undefined && type !== 'image') notes.add('The report describes a {type}, not an image', { type });
  const ignored = listOf(root['ignoredMatches']).length;
  if (ignored > 0) notes.add('Suppressed by the scanner through an ignore file or VEX: {count}', { count: ignored });
  noteAlerts(root, notes);
  const version = textOf(descriptor?.['version']);
  return {
    ok: true,
    report: {
      scanner: { name: 'grype', ...given({ version }) },
      image: image ?? textOf(target?.['userInput']) ?? textOf(source?.['target']) ?? '',
      ...(distribution === '' ? {} : { distribution }),
      scannedAt: (dateOf(descriptor?.['timestamp']) ?? readAt).toISOString(),
      vulnerabilities: orderRows(rows),
      ignored: 0,
      notes: notes.all(),
    },
  };
}

/** Adds Grype's alerts about packages that it could not match properly. */
function noteAlerts(root: JsonRecord, notes: ReportNotes): void {
  const counts = new Map<string, number>();
  for (const { alerts } of recordsOf(root['alertsByPackage']))
    for (const alert of recordsOf(alerts)) {
      const message = textOf(alert['message']) ?? textOf(alert['type']);
      if (message !== undefined) counts.set(message, (counts.get(message) ?? 0) + 1);
    }
  for (const [message, count] of counts) notes.add('Grype reports for {count} packages: {message}', { count, message });
}

function rowsOf(match: JsonRecord | undefined, notes: ReportNotes): Vulnerability[] {
  const found = recordOf(match?.['vulnerability']);
  const artifact = recordOf(match?.['artifact']);
  const id = textOf(found?.['id']);
  const name = textOf(artifact?.['name']);
  if (!found || !artifact || id === undefined || name === undefined) {
    notes.addIncomplete();
    return [];
  }
  const related = recordsOf(match?.['relatedVulnerabilities']);
  const title = [found, ...related].map((one) => titleOf(one['description'])).find((one) => one !== undefined);
  const fixedVersion = fixOf(recordOf(found['fix']));
  const url = webAddressOf([found['dataSource'], ...listOf(found['urls'])]);
  const score = [found, ...related].map((one) => bestScore(one['cvss'])).find((one) => one !== undefined);
  const row: Vulnerability = {
    id,
    severity: notes.severity(textOf(found['severity'])),
    package: name,
    installedVersion: textOf(artifact['version']) ?? '',
    ...given({ title, fixedVersion, url, score }),
  };
  const places = recordsOf(artifact['locations']);
  if (SYSTEM_TYPES.has(textOf(artifact['type']) ?? '')) return [{ ...row, ...layerOf(places.find(isOfOnePackage)) }];
  return places.length === 0 ? [row] : places.map((place) => ({ ...row, ...layerOf(place), ...pathOf(place) }));
}

/** A package database is in the layer that last wrote to it, whichever layer installed the package. */
function isOfOnePackage(location: JsonRecord): boolean {
  return !/\/dpkg\/status$|\/apk\/db\/installed$|\/rpm\/|\/rpmdb|rpmdb\.sqlite$/i.test(textOf(location['path']) ?? '');
}

function layerOf(location: JsonRecord | undefined): Pick<Vulnerability, 'layer'> {
  return given({ layer: textOf(location?.['layerID']) });
}

function pathOf(location: JsonRecord): Pick<Vulnerability, 'path'> {
  return given({ path: textOf(location['path'])?.replace(/^\//, '') });
}

function fixOf(fix: JsonRecord | undefined): string | undefined {
  const versions = listOf(fix?.['versions']).flatMap((version) => textOf(version) ?? []);
  return versions.length === 0 ? undefined : versions.join(', ');
}

/** The first score of the newest CVSS version. */
function bestScore(value: unknown): number | undefined {
  const scores = recordsOf(value).flatMap((one) => {
    const score = scoreOf(recordOf(one['metrics'])?.['baseScore']);
    return score === undefined ? [] : [{ score, version: Number.parseFloat(textOf(one['version']) ?? '0') || 0 }];
  });
  const newest = Math.floor(Math.max(...scores.map(({ version }) => version)));
  return scores.find(({ version }) => Math.floor(version) === newest)?.score;
}
