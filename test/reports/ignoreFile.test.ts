import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findIgnoreFiles } from '../../server/src/images/scanners/ignoreFiles';
import { createLocalize } from '../../server/src/l10n/localize';
import { applyIgnoreFiles } from '../../server/src/reports/ignoreFile';
import type { ScanReport, Vulnerability } from '../../server/src/reports/scanReport';

const NOW = new Date('2026-11-15T12:00:00Z');

function row(id: string, extra: Partial<Vulnerability> = {}): Vulnerability {
  return { id, severity: 'high', package: 'openssl', installedVersion: '3.0.1', ...extra };
}

function reportOf(vulnerabilities: readonly Vulnerability[], notes: readonly string[] = []): ScanReport {
  const scanner = { name: 'trivy' as const };
  return { scanner, image: 'a', scannedAt: NOW.toISOString(), vulnerabilities, ignored: 0, notes };
}

function apply(text: string | undefined, rows: readonly Vulnerability[], path = '.trivyignore') {
  const [report] = applyIgnoreFiles([reportOf(rows)], [{ path, text }], {
    now: NOW,
    localize: createLocalize(undefined),
  });
  if (!report) throw new Error('no report');
  return { left: report.vulnerabilities.map(({ id }) => id), ignored: report.ignored, notes: report.notes };
}

describe('.trivyignore', () => {
  it('leaves out what it names, and counts it', () => {
    const text = '# accepted\r\nCVE-1\r\n\r\n  CVE-3   because of X\n';
    expect(apply(text, [row('CVE-1'), row('CVE-2'), row('CVE-3'), row('CVE-1', { path: 'a' })])).toEqual({
      left: ['CVE-2'],
      ignored: 3,
      notes: [],
    });
  });

  it('takes ids as they are, not parts of them', () => {
    expect(apply('CVE-1\ncve-2\n', [row('CVE-12'), row('CVE-2')]).left).toEqual(['CVE-12', 'CVE-2']);
  });

  it('tells entries without use', () => {
    const used = ['CVE-2099-0001'];
    const unused = ['CVE-2099-0009', 'GHSA-aaaa-bbbb-cccc', 'RHSA-2099:1234', 'DSA-5555-1', 'openSUSE-SU-2099:1-1'];
    const ofOtherKinds = ['DS-0002', 'AVD-DS-0002', 'KSV001', 'aws-access-key-id', 'GPL-3.0'];
    const text = [...used, ...unused, ...ofOtherKinds].join('\n');
    expect(apply(text, [row('CVE-2099-0001')]).notes).toEqual([
      `.trivyignore: entries that match nothing: ${unused.join(', ')}`,
    ]);
  });

  it('does not ignore by what has expired, and tells it', () => {
    const text = 'CVE-1 exp:2026-11-15\nCVE-2 exp:2026-11-16\nCVE-3 exp:2020-01-01\n';
    expect(apply(text, [row('CVE-1'), row('CVE-2'), row('CVE-3')])).toEqual({
      left: ['CVE-1', 'CVE-3'],
      ignored: 1,
      notes: ['.trivyignore: expired and no longer ignored: CVE-1, CVE-3'],
    });
  });

  it('does not ignore by what has a date that is none, and tells the line', () => {
    for (const date of ['soon', '2026-13-01', '01/02/2027', ''])
      expect(apply(`\nCVE-1 exp:${date}\n`, [row('CVE-1')])).toEqual({
        left: ['CVE-1'],
        ignored: 0,
        notes: [`.trivyignore:2: CVE-1 is not ignored, because "${date}" is not a date like 2027-01-31`],
      });
  });

  it('tells that it cannot be read', () => {
    expect(apply(undefined, [row('CVE-1')])).toEqual({
      left: ['CVE-1'],
      ignored: 0,
      notes: ['.trivyignore: cannot be read'],
    });
  });
});

it.skipIf(process.platform === 'win32')('does not wait for a pipe in place of an ignore file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ignore-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  spawnSync('mkfifo', [join(folder, '.trivyignore')]);
  expect(findIgnoreFiles(folder, folder)).toEqual([{ path: '.trivyignore', text: undefined }]);
});

describe('.trivyignore.yaml', () => {
  const yaml = (text: string, rows: readonly Vulnerability[]) => apply(text, rows, '.trivyignore.yaml');

  it('leaves out what it names, at its paths where it has some', () => {
    const text = `vulnerabilities:
  - id: CVE-1
    statement: not reached
  - id: CVE-2
    paths:
      - app/**/package.json
      - Gemfile.lock
misconfigurations:
  - id: DS-0002
`;
    const rows = [
      row('CVE-1'),
      row('CVE-2', { path: 'app/a/b/package.json' }),
      row('CVE-2', { path: 'Gemfile.lock' }),
      row('CVE-2', { path: 'old/Gemfile.lock' }),
      row('CVE-2'),
    ];
    expect(yaml(text, rows)).toEqual({ left: ['CVE-2', 'CVE-2'], ignored: 3, notes: [] });
  });

  it('leaves out of packages by their purl alone', () => {
    const text = `vulnerabilities:
  - id: CVE-1
    purls: ["pkg:deb/debian/openssl@3.0.1?arch=amd64"]
  - id: CVE-2
    purls: ["pkg:npm/%40shop/parse", "pkg:maven/org.example/core@1.0"]
`;
    const rows = [
      row('CVE-1'),
      row('CVE-1', { installedVersion: '3.0.2' }),
      row('CVE-2', { package: '@shop/parse' }),
      row('CVE-2', { package: 'org.example:core', installedVersion: '1.0' }),
      row('CVE-2', { package: 'other' }),
    ];
    expect(yaml(text, rows)).toMatchObject({ left: ['CVE-1', 'CVE-2'], ignored: 3 });
  });

  it('does not ignore by what has expired or has no date that can be read', () => {
    const text = `vulnerabilities:
  - id: CVE-1
    expired_at: 2026-11-14
  - id: CVE-2
    expired_at: 2027-01-01
  - id: CVE-3
    expired_at: never
`;
    expect(yaml(text, [row('CVE-1'), row('CVE-2'), row('CVE-3')])).toEqual({
      left: ['CVE-1', 'CVE-3'],
      ignored: 1,
      notes: [
        '.trivyignore.yaml: CVE-3 is not ignored, because "never" is not a date like 2027-01-31',
        '.trivyignore.yaml: expired and no longer ignored: CVE-1',
      ],
    });
  });

  it.each([
    ['vulnerabilities: [', /^\.trivyignore\.yaml: not valid YAML: /],
    ['vulnerabilities: CVE-1', /^\.trivyignore\.yaml: `vulnerabilities` is not a list$/],
    ['vulnerabilities:\n  - statement: x\n', /^\.trivyignore\.yaml: an entry of `vulnerabilities` has no id$/],
  ])('ignores nothing by %j, and says why', (text, note) => {
    const { left, notes } = yaml(text, [row('CVE-1')]);
    expect(left).toEqual(['CVE-1']);
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it('may be empty', () => {
    for (const text of ['', 'vulnerabilities:\n', '# nothing\n', '[]'])
      expect(yaml(text, [row('CVE-1')])).toEqual({ left: ['CVE-1'], ignored: 0, notes: [] });
  });
});

it('an entry is of use when one of several reports needs it; the notes come once', () => {
  const reports = [reportOf([row('CVE-1')], ['old']), reportOf([row('CVE-2')])];
  const files = [{ path: '.trivyignore', text: 'CVE-2\nCVE-2099-3\n' }];
  const [first, second] = applyIgnoreFiles(reports, files, { now: NOW, localize: createLocalize(undefined) });
  expect(first).toMatchObject({ ignored: 0, notes: ['old', '.trivyignore: entries that match nothing: CVE-2099-3'] });
  expect(second).toMatchObject({ ignored: 1, notes: [], vulnerabilities: [] });
});
