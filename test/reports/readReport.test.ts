import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalize } from '../../server/src/l10n/localize';
import { readReport } from '../../server/src/reports/readReport';
import type { ReadReport } from '../../server/src/reports/reportReader';
import type { ScanReport } from '../../server/src/reports/scanReport';

const REPORTS = join(import.meta.dirname, 'scannerReports');
/** Reports that scanners wrote; they are not ours to pass on. */
const REAL_REPORTS = resolve(import.meta.dirname, '../../../shared/scanner-reports');

const context = { readAt: new Date('2026-11-01T00:00:00Z'), localize: createLocalize(undefined) };

function read(value: unknown, image?: string): ScanReport {
  const result = readReport(typeof value === 'string' ? value : JSON.stringify(value), { ...context, image });
  if (!result.ok) throw new Error(result.reason);
  return result.report;
}

function fixture(name: string): string {
  return readFileSync(join(REPORTS, name), 'utf8');
}

const rows = ({ vulnerabilities }: ScanReport) =>
  vulnerabilities.map(({ severity, package: name, id, path }) =>
    [severity, name, id, ...(path ? [path] : [])].join(' '),
  );

const BASE_LAYER = 'sha256:1111111111111111111111111111111111111111111111111111111111111111';
const APP_LAYER = 'sha256:2222222222222222222222222222222222222222222222222222222222222222';

describe('a report of Trivy', () => {
  const report = read(fixture('trivy.json'));

  it('says what was scanned, by what and when', () => {
    expect(report).toMatchObject({
      scanner: { name: 'trivy', version: '0.68.1' },
      image: 'registry.example/shop:1.4',
      distribution: 'debian 12.4',
      scannedAt: '2026-10-02T08:30:00.123Z',
      ignored: 0,
      notes: [],
    });
    expect(read(fixture('trivy.json'), 'shop').image).toBe('shop');
  });

  it('has the worst first, and a row for each path of a package', () => {
    expect(rows(report)).toEqual([
      'critical zlib1g CVE-2099-0003',
      'high @shop/parse CVE-2099-0004 app/node_modules/@shop/parse/package.json',
      'high @shop/parse CVE-2099-0004 app/node_modules/b/node_modules/@shop/parse/package.json',
      'high libssl3 CVE-2099-0001',
      'low libssl3 CVE-2099-0002',
    ]);
  });

  it('keeps versions, layer, link, title and the score of the newest CVSS', () => {
    expect(report.vulnerabilities[0]).toEqual({
      id: 'CVE-2099-0003',
      severity: 'critical',
      title: 'zlib: a made-up overflow',
      package: 'zlib1g',
      installedVersion: '1:1.2.13.dfsg-1',
      layer: BASE_LAYER,
      url: 'https://avd.example/cve-2099-0003',
      score: 9.8,
    });
    expect(report.vulnerabilities[1]).toMatchObject({ fixedVersion: '1.0.2, 2.0.0', layer: APP_LAYER });
    expect(report.vulnerabilities[3]).toMatchObject({ fixedVersion: '3.0.13-1', score: 8.7 });
    expect(report.vulnerabilities[4]).toMatchObject({
      title: 'A made-up timing difference',
      url: 'https://lists.example/0002',
    });
  });

  it('is read in the form that releases before 0.20 wrote', () => {
    const old = read(fixture('trivy-list.json'));
    expect(old).toMatchObject({ scanner: { name: 'trivy' }, scannedAt: '2026-11-01T00:00:00.000Z' });
    expect(rows(old)).toEqual(['critical musl CVE-2099-0010', 'medium left CVE-2099-0011 app/package-lock.json']);
  });

  it('is refused when its schema is another one', () => {
    const result: ReadReport = readReport('{"SchemaVersion": 3, "Results": []}', context);
    expect(result).toEqual({ ok: false, reason: 'Trivy report with schema version 3; only version 2 is supported' });
  });

  it('tells what it says beside vulnerabilities', () => {
    const results = [
      { Target: 'Dockerfile', Class: 'config', Misconfigurations: [{ ID: 'DS-0002' }] },
      { Target: '/key', Class: 'secret', Secrets: [{ RuleID: 'x' }] },
      { Target: 'x', Class: 'lang-pkgs', ExperimentalModifiedFindings: [{ Type: 'vulnerability' }] },
    ];
    const metadata = { OS: { Family: 'alpine', Name: '3.9', EOSL: true } };
    const { notes, vulnerabilities } = read({ SchemaVersion: 2, Metadata: metadata, Results: results });
    expect(vulnerabilities).toEqual([]);
    expect(notes).toEqual([
      'alpine 3.9 no longer receives security fixes',
      'Misconfigurations in the report are not shown',
      'Secrets in the report are not shown',
      'Suppressed by the scanner through an ignore file or VEX: 1',
    ]);
    expect(read({ SchemaVersion: 2, ArtifactType: 'repository' }).notes).toEqual([
      'The report describes a repository, not an image',
    ]);
    expect(read({ SchemaVersion: 2, ArtifactType: 'container_image' }).notes).toEqual([
      'The scanner found no packages that it supports',
    ]);
  });

  it('makes no rows of what it does not understand, and says so', () => {
    const found = [
      { VulnerabilityID: 'CVE-1', PkgName: 'a', Severity: 'DIRE' },
      { VulnerabilityID: 'CVE-2' },
      { PkgName: 'b', Severity: 'LOW' },
      { VulnerabilityID: 7, PkgName: 'c' },
      'CVE-3',
      null,
    ];
    const report = read({ SchemaVersion: 2, Results: [{ Target: 'x', Class: 'os-pkgs', Vulnerabilities: found }, 5] });
    expect(rows(report)).toEqual(['unknown a CVE-1']);
    expect(report.notes).toEqual([
      'Entries without an ID or a package, left out: 5',
      'Unrecognized severities, shown as unknown: DIRE',
    ]);
  });

  it('gives links to pages alone', () => {
    const row = {
      VulnerabilityID: 'CVE-1',
      PkgName: 'a',
      PrimaryURL: 'javascript:alert(1)',
      References: ['file:///etc'],
    };
    const [first] = read({ SchemaVersion: 2, Results: [{ Class: 'os-pkgs', Vulnerabilities: [row] }] }).vulnerabilities;
    expect(first).not.toHaveProperty('url');
  });

  it('is not led astray by names that objects inherit', () => {
    const row = {
      VulnerabilityID: 'CVE-1',
      PkgName: 'a',
      Severity: 'constructor',
      SeveritySource: '__proto__',
      CVSS: {},
    };
    const [first] = read({ SchemaVersion: 2, Results: [{ Vulnerabilities: [row] }] }).vulnerabilities;
    expect(first).toMatchObject({ severity: 'unknown' });
    expect(first).not.toHaveProperty('score');
  });
});

describe('a report of Grype', () => {
  const report = read(fixture('grype.json'));

  it('says what was scanned, by what and when', () => {
    expect(report).toMatchObject({
      scanner: { name: 'grype', version: '0.104.2' },
      image: 'registry.example/shop:1.4',
      distribution: 'debian 12',
      scannedAt: '2026-10-02T08:30:00.500Z',
      notes: [
        'Suppressed by the scanner through an ignore file or VEX: 1',
        'Grype reports for 2 packages: distro debian 12 is end of life',
      ],
    });
  });

  it('has a row for each path of a language, and one for a package of the system', () => {
    expect(rows(report)).toEqual([
      'critical @shop/parse GHSA-aaaa-bbbb-cccc app/a/package.json',
      'critical @shop/parse GHSA-aaaa-bbbb-cccc app/b/package.json',
      'high libssl3 CVE-2099-0022',
      'negligible apt CVE-2099-0021',
    ]);
  });

  it('knows the layer by files of the package alone: the database of all lies in the last layer that wrote to it', () => {
    const layers = report.vulnerabilities.map(({ layer }) => layer);
    expect(layers).toEqual([APP_LAYER, APP_LAYER, undefined, BASE_LAYER]);
  });

  it('takes versions, title and score also from the related entry', () => {
    expect(report.vulnerabilities[3]).toMatchObject({
      title: 'apt does something made up',
      url: 'https://tracker.example/CVE-2099-0021',
      score: 3.7,
    });
    expect(report.vulnerabilities[3]).not.toHaveProperty('fixedVersion');
    expect(report.vulnerabilities[0]).toMatchObject({ fixedVersion: '1.0.2, 2.0.0', score: 9.3 });
  });
});

describe('a report of Clair', () => {
  const report = read(fixture('clair.json'), 'ubuntu:18.04');

  it('says what was scanned and by what', () => {
    expect(report).toMatchObject({
      scanner: { name: 'clair' },
      image: 'ubuntu:18.04',
      distribution: 'Ubuntu 18.04',
      scannedAt: '2026-11-01T00:00:00.000Z',
    });
    expect(read(fixture('clair.json')).image).toMatch(/^sha256:7d/);
  });

  it('has the ids out of what vendors write, and a row for each place', () => {
    expect(rows(report)).toEqual([
      'critical bash RHSA-2099:1234',
      'high requests GHSA-dddd-eeee-ffff opt/venv/lib',
      'high requests GHSA-dddd-eeee-ffff usr/lib/python3/site-packages',
      'low libc6 CVE-2099-0031',
    ]);
  });

  it('joins packages, environments and scores by their ids', () => {
    expect(report.vulnerabilities[3]).toEqual({
      id: 'CVE-2099-0031',
      severity: 'low',
      title: 'The C library does something made up',
      package: 'libc6',
      installedVersion: '2.27-3ubuntu1',
      layer: 'sha256:4444444444444444444444444444444444444444444444444444444444444444',
      url: 'https://ubuntu.example/CVE-2099-0031',
      score: 3.3,
    });
    expect(report.vulnerabilities[1]).toMatchObject({ fixedVersion: '2.20.0+safe' });
  });

  it('tells ids that lead nowhere', () => {
    expect(report.notes).toEqual(['Entries without an ID or a package, left out: 1']);
  });
});

describe('what is no report', () => {
  it.each([
    ['', 'The report is not valid JSON'],
    [fixture('trivy.json').slice(0, -200), 'The report is not valid JSON'],
    ['FATAL image scan error', 'The report is not valid JSON'],
    ['null', 'Not a JSON report from Trivy, Clair or Grype'],
    ['[]', 'Not a JSON report from Trivy, Clair or Grype'],
    ['"text"', 'Not a JSON report from Trivy, Clair or Grype'],
    ['{"bomFormat": "CycloneDX", "vulnerabilities": []}', 'Not a JSON report from Trivy, Clair or Grype'],
  ])('%.20s is told', (text, reason) => {
    expect(readReport(text, context)).toEqual({ ok: false, reason });
  });
});

it('the same report gives the same rows in the same order, however they come', () => {
  const value = JSON.parse(fixture('trivy.json'));
  for (const result of value.Results) result.Vulnerabilities?.reverse();
  value.Results.reverse();
  expect(read(value)).toEqual(read(fixture('trivy.json')));
});

// Skipped where there are none: the tests above have reports of the same shape.
describe.skipIf(!existsSync(REAL_REPORTS))('reports as scanners wrote them', () => {
  const names = existsSync(REAL_REPORTS)
    ? readdirSync(REAL_REPORTS).filter((name) => /^trivy-.*\.json$/.test(name))
    : [];
  it.each(names)('%s is read to the last row', (name) => {
    const text = readFileSync(join(REAL_REPORTS, name), 'utf8');
    const report = read(text);
    expect(report.vulnerabilities).toHaveLength(text.match(/"VulnerabilityID":/g)?.length ?? 0);
    expect(report.notes.join()).not.toMatch(/left out:|not known/);
  });
});
