import { given, type JsonRecord, listOf, memberOf, recordOf, recordsOf, textOf } from '../text/jsonValue';
import { ReportNotes } from './reportNotes';
import type { ReadContext, ReadReport } from './reportReader';
import type { Vulnerability } from './scanReport';
import { scoreOf, titleOf, webAddressOf } from './scanValues';
import { orderRows } from './vulnerabilities';

/** A vulnerability report of Clair's v1 API, as `clairctl report --out json` prints it. */
export function isClairReport(value: unknown): boolean {
  const root = recordOf(value);
  return recordOf(root?.['package_vulnerabilities']) !== undefined && recordOf(root?.['packages']) !== undefined;
}

export function readClairReport(value: unknown, { image, readAt, localize }: ReadContext): ReadReport {
  const root = recordOf(value) ?? {};
  const notes = new ReportNotes(localize);
  const scores = scoresOf(root);
  const rows = Object.entries(recordOf(root['package_vulnerabilities']) ?? {}).flatMap(([packageId, ids]) =>
    listOf(ids).flatMap((id) => rowsOf(root, packageId, textOf(id), scores, notes)),
  );
  const distribution = distributionOf(root);
  if (Object.keys(recordOf(root['packages']) ?? {}).length === 0)
    notes.add('The scanner found no packages that it supports');
  return {
    ok: true,
    report: {
      scanner: { name: 'clair' },
      image: image ?? textOf(root['manifest_hash']) ?? '',
      ...given({ distribution }),
      scannedAt: readAt.toISOString(),
      vulnerabilities: orderRows(rows),
      ignored: 0,
      notes: notes.all(),
    },
  };
}

function distributionOf(root: JsonRecord): string | undefined {
  const [found] = recordsOf(Object.values(recordOf(root['distributions']) ?? {}));
  const parts = [textOf(found?.['did']), textOf(found?.['version_id'])].filter(Boolean);
  return textOf(found?.['pretty_name']) ?? (parts.length === 0 ? undefined : parts.join(' '));
}

/** One row for each place where the package was found. */
function rowsOf(
  root: JsonRecord,
  packageId: string,
  id: string | undefined,
  scores: ReadonlyMap<string, number>,
  notes: ReportNotes,
): Vulnerability[] {
  const artifact = recordOf(memberOf(recordOf(root['packages']), packageId));
  const found = id === undefined ? undefined : recordOf(memberOf(recordOf(root['vulnerabilities']), id));
  const vendorName = textOf(found?.['name']);
  const name = textOf(artifact?.['name']);
  if (id === undefined || !found || !artifact || vendorName === undefined || name === undefined) {
    notes.addIncomplete();
    return [];
  }
  const fixedVersion = fixOf(found);
  const title = titleOf(found['description']);
  const url = webAddressOf((textOf(found['links']) ?? '').split(/\s+/));
  const score = scores.get(id);
  const row: Vulnerability = {
    id: idOf(vendorName),
    severity: notes.severity(textOf(found['normalized_severity'])),
    package: name,
    installedVersion: textOf(artifact['version']) ?? '',
    ...given({ title, fixedVersion, url, score }),
  };
  const places = recordsOf(memberOf(recordOf(root['environments']), packageId));
  return places.length === 0 ? [row] : places.map((place) => ({ ...row, ...placeOf(place) }));
}

/**
 * Vendors write sentences as names: `CVE-2019-1543 on Ubuntu 18.04 LTS (bionic) - low.`, `RHSA-2023:1234: openssl
 * update`.
 */
function idOf(name: string): string {
  return (
    /\bCVE-\d{4}-\d{4,}\b/i.exec(name)?.[0].toUpperCase() ?? (name.split(/\s/, 1)[0] ?? name).replace(/[:.,]$/, '')
  );
}

/** Advisories for language packages have ranges here, in query form: `fixed=1.2.3&introduced=0`. */
function fixOf(found: JsonRecord): string | undefined {
  const text = textOf(found['fixed_in_version']);
  if (text === undefined || text === '0') return undefined;
  if (!/(?:^|&)(?:fixed|introduced|lastAffected)=/.test(text)) return text;
  const part = text.split('&').find((one) => one.startsWith('fixed='));
  return textOf(part?.slice('fixed='.length).replace(/%[0-9a-f]{2}/gi, decodeByte));
}

/** Versions are ASCII: escapes of other characters stay as they are. */
function decodeByte(escaped: string): string {
  const code = Number.parseInt(escaped.slice(1), 16);
  return code > 0x20 && code < 0x7f ? String.fromCharCode(code) : escaped;
}

/** `package_db`: the database of a distribution, or `<kind>:<path>` for a language package. */
function placeOf(place: JsonRecord): Pick<Vulnerability, 'layer' | 'path'> {
  const layer = textOf(place['introduced_in']);
  const database = textOf(place['package_db']) ?? '';
  const path = /^(?:bdb|sqlite|ndb):|dpkg|rpm|apk\/db/.test(database)
    ? undefined
    : textOf(database.replace(/^\w+:/, ''));
  return given({ layer, path });
}

/** CVSS base scores by the id of the vulnerability within the report; the score of the highest CVSS version. */
function scoresOf(root: JsonRecord): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  const enrichments = Object.entries(recordOf(root['enrichments']) ?? {});
  const lists = enrichments.flatMap(([kind, list]) => (kind.includes('enricher=clair.cvss') ? recordsOf(list) : []));
  for (const [id, ratings] of lists.flatMap((byId) => Object.entries(byId))) {
    const rated = recordsOf(ratings)
      .flatMap((one) => {
        const score = scoreOf(one['baseScore']);
        return score === undefined ? [] : [{ score, version: Number.parseFloat(textOf(one['version']) ?? '0') || 0 }];
      })
      .sort((a, b) => b.version - a.version);
    if (rated[0]) scores.set(id, rated[0].score);
  }
  return scores;
}
