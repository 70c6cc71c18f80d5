import { given, type JsonRecord, listOf, memberOf, recordOf, recordsOf, textOf } from '../text/jsonValue';
import { ReportNotes } from './reportNotes';
import type { ReadContext, ReadReport } from './reportReader';
import type { Vulnerability } from './scanReport';
import { dateOf, scoreOf, titleOf, webAddressOf } from './scanValues';
import { orderRows } from './vulnerabilities';

/** Lists in a result that do not contain package vulnerabilities. */
const OTHER_FINDINGS = [
  ['Misconfigurations', 'Misconfigurations in the report are not shown'],
  ['Secrets', 'Secrets in the report are not shown'],
  ['Licenses', 'Licenses in the report are not shown'],
] as const;

/** A report of `trivy image --format json`: schema 2, or the plain list of results from releases before 0.20. */
export function isTrivyReport(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => textOf(recordOf(item)?.['Target']));
  const root = recordOf(value);
  return root !== undefined && 'SchemaVersion' in root;
}

export function readTrivyReport(value: unknown, { image, readAt, localize }: ReadContext): ReadReport {
  const root = recordOf(value) ?? {};
  if (!Array.isArray(value) && root['SchemaVersion'] !== 2) {
    const version = String(root['SchemaVersion']);
    return {
      ok: false,
      reason: localize('Trivy report with schema version {version}; only version 2 is supported', { version }),
    };
  }
  const notes = new ReportNotes(localize);
  const results = recordsOf(Array.isArray(value) ? value : root['Results']);
  const rows = results.flatMap((result) => rowsOf(result, notes));
  const system = recordOf(recordOf(root['Metadata'])?.['OS']);
  const distribution = [textOf(system?.['Family']), textOf(system?.['Name'])].filter(Boolean).join(' ');
  if (system?.['EOSL'] === true) notes.add('{distribution} no longer receives security fixes', { distribution });
  noteKind(root, results, notes);
  const version = textOf(recordOf(root['Trivy'])?.['Version']);
  return {
    ok: true,
    report: {
      scanner: { name: 'trivy', ...given({ version }) },
      image: image ?? textOf(root['ArtifactName']) ?? textOf(results[0]?.['Target']) ?? '',
      ...(distribution === '' ? {} : { distribution }),
      scannedAt: (dateOf(root['CreatedAt']) ?? readAt).toISOString(),
      vulnerabilities: orderRows(rows),
      ignored: 0,
      notes: notes.all(),
    },
  };
}

function noteKind(root: JsonRecord, results: readonly JsonRecord[], notes: ReportNotes): void {
  const type = textOf(root['ArtifactType']);
  if (type !== undefined && type !== 'container_image')
    notes.add('The report describes a {type}, not an image', { type });
  else if (results.length === 0) notes.add('The scanner found no packages that it supports');
  for (const [key, note] of OTHER_FINDINGS)
    if (results.some((result) => listOf(result[key]).length > 0)) notes.add(note);
  const count = results.reduce((sum, result) => sum + listOf(result['ExperimentalModifiedFindings']).length, 0);
  if (count > 0) notes.add('Suppressed by the scanner through an ignore file or VEX: {count}', { count });
}

function rowsOf(result: JsonRecord, notes: ReportNotes): Vulnerability[] {
  return listOf(result['Vulnerabilities']).flatMap((item) => {
    const found = recordOf(item);
    const id = textOf(found?.['VulnerabilityID']);
    const name = textOf(found?.['PkgName']);
    if (!found || id === undefined || name === undefined) {
      notes.addIncomplete();
      return [];
    }
    const fixedVersion = textOf(found['FixedVersion']);
    const layer = textOf(recordOf(found['Layer'])?.['DiffID']);
    const path = textOf(found['PkgPath']) ?? (isOfLanguage(result) ? textOf(result['Target']) : undefined);
    const url = webAddressOf([found['PrimaryURL'], ...listOf(found['References'])]);
    const title = titleOf(found['Title']) ?? titleOf(found['Description']);
    const score = bestScore(found);
    return [
      {
        id,
        severity: notes.severity(textOf(found['Severity'])),
        package: name,
        installedVersion: textOf(found['InstalledVersion']) ?? '',
        ...given({ title, fixedVersion, layer, path, url, score }),
      },
    ];
  });
}

/** Reports before 0.20 have no class; targets that are distributions are named `image (debian 10.1)`. */
function isOfLanguage(result: JsonRecord): boolean {
  const kind = textOf(result['Class']);
  return kind === undefined ? !/ \([^()]+(?:\([^()]*\))?\)$/.test(textOf(result['Target']) ?? '') : kind !== 'os-pkgs';
}

/**
 * The score of the newest CVSS version, from the source of the severity, else the NVD, else the first source by name.
 */
function bestScore(found: JsonRecord): number | undefined {
  const bySource = recordOf(found['CVSS']);
  if (!bySource) return undefined;
  const sources = [textOf(found['SeveritySource']) ?? '', 'nvd', ...Object.keys(bySource).sort()];
  for (const version of ['V40Score', 'V3Score', 'V2Score'])
    for (const source of sources) {
      const score = scoreOf(recordOf(memberOf(bySource, source))?.[version]);
      if (score !== undefined) return score;
    }
  return undefined;
}
