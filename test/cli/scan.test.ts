import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli, runCliForPage } from '../helpers/cliProcess';
import { fakeProgram, type ProgramCall } from '../helpers/fakeProgram';
import { newDockerArchive, sha256, tar } from '../images/tarBytes';

const reportPath = (name: string) => join(import.meta.dirname, '../reports/scannerReports', name);
const trivyReport = readFileSync(reportPath('trivy.json'), 'utf8');

/** Trivy that finds the same in every image but those of its name `missing`. */
const TRIVY = `if (args.at(-1).startsWith('missing')) { process.stderr.write('FATAL\\tno such image\\n'); process.exit(1); }
process.stdout.write(fs.readFileSync(${JSON.stringify(reportPath('trivy.json'))}));`;

const TABLE = `Dockerfile:2 debian:12.4 (debian 12.4): 1 critical, 3 high, 1 low [trivy 0.68.1, 2026-10-02]

SEVERITY  PACKAGE      INSTALLED        FIXED IN      ID             TITLE
critical  zlib1g       1:1.2.13.dfsg-1  -             CVE-2099-0003  zlib: a made-up overflow
high      @shop/parse  1.0.0            1.0.2, 2.0.0  CVE-2099-0004  app/node_modules/@shop/parse/package.json: parse: …
high      @shop/parse  1.0.0            1.0.2, 2.0.0  CVE-2099-0004  app/node_modules/b/node_modules/@shop/parse/packag…
high      libssl3      3.0.11-1         3.0.13-1      CVE-2099-0001  openssl: a made-up leak
low       libssl3      3.0.11-1         3.0.12-2      CVE-2099-0002  A made-up timing difference

Upgrading fixes:
  @shop/parse 1.0.0 → 1.0.2, 2.0.0: 2 high
  libssl3 3.0.11-1 → 3.0.13-1, 3.0.12-2: 1 high, 1 low
`;

/** Those that the scanner was asked about; it is asked for its version too. */
const imagesOf = (calls: readonly ProgramCall[]) =>
  calls.filter(({ args }) => args[0] === 'image').map(({ args }) => args.at(-1));

describe.skipIf(process.platform === 'win32')('scan', () => {
  const DOCKERFILE = 'ARG V=12.4\nFROM debian:$V\nRUN true\n';

  it('shows what is in the base image, the worst first, and what upgrading fixes', () => {
    const { path, calls } = fakeProgram('trivy', TRIVY);
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    expect(runCli(['scan', '--scanner-path', path], { cwd })).toEqual({ code: 0, out: TABLE, err: '' });
    expect(imagesOf(calls())).toEqual(['debian:12.4']);
  });

  it('scans each image that the target takes something from, and says what it could not', () => {
    const { path, calls } = fakeProgram('trivy', TRIVY);
    const text = `FROM missing:1 AS build
FROM $X AS other
FROM node:22 AS dev
FROM debian:12
COPY --from=build /a /a
COPY --from=other /b /b
`;
    const cwd = folderOf({ 'app/Dockerfile': text });
    const { code, out } = runCli(['scan', 'app', '--scanner-path', path], { cwd });
    expect(code).toBe(0);
    expect(imagesOf(calls())).toEqual(['debian:12', 'missing:1']);
    expect(out).toContain(join('app', 'Dockerfile:4 debian:12 '));
    expect(out).toContain('note: $X is not scanned: it contains a variable without a value or is not an image\n');
    expect(out).toContain('note: missing:1 was not scanned: trivy failed: no such image\n');
    runCli(['scan', 'app', '--target', 'dev', '--scanner-path', path], { cwd });
    expect(imagesOf(calls()).at(-1)).toBe('node:22');
  });

  it('fails with one message when nothing could be scanned', () => {
    const { path } = fakeProgram('trivy', TRIVY);
    const scan = (text: string) => runCli(['scan', '-', '--scanner-path', path], { input: text });
    expect(scan('FROM missing:1\n')).toEqual({ code: 2, out: '', err: 'error: trivy failed: no such image\n' });
    expect(scan('FROM scratch\n').err).toBe('error: scratch is empty: there is nothing to scan\n');
    expect(scan('FROM $X\n').err).toMatch(/^error: \$X is not scanned: /);
    expect(scan('# empty\n').err).toBe('error: The file names no image to scan\n');
  });

  it('says how to get a scanner where there is none', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { code, out, err } = runCli(['scan'], { cwd, env: { PATH: cwd } });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^error: No vulnerability scanner found .* \(https:\/\/trivy\.dev\/\S+\)\n$/);
  });

  it('scans an image by its name', () => {
    const { path, calls } = fakeProgram(
      'grype',
      `process.stdout.write(fs.readFileSync(${JSON.stringify(reportPath('grype.json'))}));`,
    );
    const { out } = runCli(['scan', '--image', 'shop:2', '--scanner', 'grype', '--scanner-path', path]);
    expect(out).toMatch(/^shop:2 \(debian 12\): 2 critical, 1 high, 1 negligible \[grype 0\.104\.2, 2026-10-02\]\n/);
    expect(calls()[0]?.args[0]).toBe('shop:2');
    expect(runCli(['scan', '--image', '--help=x', '--scanner-path', path]).code).toBe(2);
    expect(runCli(['scan', '--image=-x', '--scanner-path', path])).toMatchObject({ code: 2, out: '' });
    expect(calls()).toHaveLength(1);
  });

  it('builds, scans and removes what the file makes, and finds the lines that brought each in', () => {
    const text = 'FROM debian:12.4\nENV A=b\nCOPY node_modules /app/node_modules\n';
    const layers = [
      tar([{ path: 'bin/sh', data: Buffer.from('base') }]),
      tar([{ path: 'app', data: Buffer.from('x') }]),
    ];
    const history = [
      { created_by: '# debian.sh' },
      { created_by: 'ENV A=b', empty_layer: true },
      { created_by: 'COPY node_modules /app/node_modules # buildkit' },
    ];
    const digests = layers.map((layer) => `sha256:${sha256(layer)}`);
    const report = trivyReport
      .replaceAll(/sha256:1{64}/g, digests[0] ?? '')
      .replaceAll(/sha256:2{64}/g, digests[1] ?? '');
    const cwd = folderOf({
      'app/Dockerfile': text,
      'image.tar': newDockerArchive({ history, layers }),
      'report.json': report,
    });
    const engine = fakeProgram(
      'docker',
      `if (args[0] === 'save') process.stdout.write(fs.readFileSync(${JSON.stringify(join(cwd, 'image.tar'))}));`,
    );
    const trivy = fakeProgram(
      'trivy',
      `if (!fs.readFileSync(args.at(-1)).equals(fs.readFileSync(${JSON.stringify(join(cwd, 'image.tar'))}))) process.exit(1);
process.stdout.write(fs.readFileSync(${JSON.stringify(join(cwd, 'report.json'))}));`,
    );
    const temporary = folderOf({});
    const args = ['scan', 'app', '--built', '--scanner-path', trivy.path, '--engine', engine.path];
    const { code, out, err } = runCli(args, { cwd, env: { TMPDIR: temporary } });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^app\/Dockerfile:1 app\/Dockerfile \(debian 12\.4\): 1 critical/);
    expect(out).toMatch(/^SEVERITY {2}LINE {2}PACKAGE/m);
    expect(out).toMatch(/^critical {2}1 {5}zlib1g/m);
    expect(out).toMatch(/^high {6}3 {5}@shop\/parse/m);
    const commands = engine.calls().map((call) => call.args);
    expect(commands.map(([name]) => name)).toEqual(['version', 'build', 'save', 'rmi']);
    expect(commands[1]?.at(-1)).toBe(join(cwd, 'app'));
    expect(commands[3]?.at(-1)).toBe(commands[2]?.at(-1));
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('builds nothing where there is no scanner', () => {
    const engine = fakeProgram('docker', '');
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { code, err } = runCli(['scan', '--built'], { cwd, env: { PATH: engine.folder } });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: No vulnerability scanner found .*--scanner-image/);
    expect(engine.calls()).toEqual([]);
  });
});

describe('failures with --format json', () => {
  it.each([
    ['no scanner', ['scan'], 'No vulnerability scanner found '],
    [
      'the scanner that was chosen is not there',
      ['scan', '--scanner', 'grype'],
      'grype, which scans images for vulnerabilities, is not installed',
    ],
    ['no such file', ['scan', 'none'], 'none: no such file or folder'],
    ['no Dockerfile in the folder', ['scan', 'folder'], 'folder: no Dockerfile in this folder'],
    ['no report', ['scan', '--report', 'Dockerfile'], 'Dockerfile: '],
    ['wrong usage', ['scan', 'a', 'b'], 'scan requires one Dockerfile'],
    ['no engine', ['measure'], 'Dockerfile: '],
    ['no such archive', ['measure', '--archive', 'none.tar'], 'none.tar: '],
    ['no baseline', ['lint', '--update-baseline'], 'No baseline set'],
  ])('are JSON: %s', (_, args, error) => {
    const cwd = folderOf({ Dockerfile: 'FROM debian:12.4\n', 'folder/a': '' });
    const { code, out, err } = runCli([...args, '--format', 'json'], { cwd, env: { PATH: '' } });
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({ version: 1, error: expect.stringContaining(error) });
    expect(err).toContain(JSON.parse(out).error);
  });
});

describe('scan --report', () => {
  const report = (name: string, ...args: string[]) => runCli(['scan', '--report', reportPath(name), ...args]);

  it.each([
    ['trivy.json', 'registry.example/shop:1.4 (debian 12.4): 1 critical, 3 high, 1 low [trivy 0.68.1, 2026-10-02]'],
    [
      'grype.json',
      'registry.example/shop:1.4 (debian 12): 2 critical, 1 high, 1 negligible [grype 0.104.2, 2026-10-02]',
    ],
    ['clair.json', /^sha256:7d0+1 \(Ubuntu 18\.04\): 1 critical, 2 high, 1 low \[clair, /],
  ])('knows %s by itself and starts nothing', (name, head) => {
    const [first] = runCli(['scan', '--report', reportPath(name)], { env: { PATH: '' } }).out.split('\n');
    if (typeof head === 'string') expect(first).toBe(head);
    else expect(first).toMatch(head);
  });

  it('gives a page, named as the Dockerfile, else as the image', () => {
    const cwd = folderOf({ 'app/Dockerfile': 'FROM debian:12.4\n' });
    const page = (...args: string[]) =>
      runCliForPage(['scan', '--report', reportPath('trivy.json'), ...args], cwd).report;
    const { reports } = JSON.parse(report('trivy.json', '--format', 'json').out);
    expect(page()).toMatchObject({ kind: 'scan', name: reports[0].image, reports: [{ image: reports[0].image }] });
    expect(page('app/Dockerfile', '--severity', 'critical')).toMatchObject({
      name: 'app/Dockerfile',
      reports: [{ vulnerabilities: [{ severity: 'critical' }] }],
    });
  });

  it('shows what is wanted', () => {
    const ids = (...args: string[]) => report('trivy.json', ...args).out.match(/CVE-2099-\d+/g);
    expect(ids('--severity', 'critical,low')).toEqual(['CVE-2099-0003', 'CVE-2099-0002']);
    expect(ids('--fixable', '--severity', 'critical, high')).toEqual([
      'CVE-2099-0004',
      'CVE-2099-0004',
      'CVE-2099-0001',
    ]);
    expect(report('trivy.json', '--severity', 'negligible').out).toContain(': none [trivy');
  });

  it.each([
    [['--fail-on-severity', 'critical'], 1],
    [['--fail-on-severity', 'critical', '--fixable'], 0],
    [['--fail-on-severity', 'high', '--fixable'], 1],
    [['--fail-on-severity', 'medium', '--severity', 'low'], 0],
    [[], 0],
  ])('%j exits %i', (args, code) => {
    expect(report('trivy.json', ...args).code).toBe(code);
  });

  it('comes from standard input too, also as PowerShell writes it', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(trivyReport, 'utf16le')]);
    for (const input of [trivyReport, utf16])
      expect(runCli(['scan', '--report', '-'], { input }).out).toContain('1 critical, 3 high, 1 low');
  });

  it('that is broken, missing, too large or no report is told', () => {
    const cwd = folderOf({ 'broken.json': trivyReport.slice(0, 900), 'other.json': '{}' });
    writeFileSync(join(cwd, 'huge.json'), Buffer.alloc(65 * 1024 * 1024, ' '));
    const errorOf = (name: string) => {
      const { code, out, err } = runCli(['scan', '--report', name], { cwd });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      return err;
    };
    expect(errorOf('broken.json')).toBe('error: broken.json: The report is not valid JSON\n');
    expect(errorOf('other.json')).toBe('error: other.json: Not a JSON report from Trivy, Clair or Grype\n');
    expect(errorOf('huge.json')).toBe('error: huge.json: too large: more than 64 MB\n');
    expect(errorOf('none.json')).toBe('error: none.json: no such file or folder\n');
  });

  it('goes by the nearest ignore file upwards, or by the one that is named', () => {
    const cwd = folderOf({
      'a/b/Dockerfile': 'FROM debian:12\n',
      'a/.trivyignore': 'CVE-2099-0003\nCVE-2099-0099\n',
      'other.yaml': 'vulnerabilities:\n  - id: CVE-2099-0004\n    paths: [app/node_modules/@shop/**]\n',
      '.trivyignore': 'CVE-2099-0001\n',
    });
    const out = (...args: string[]) => runCli(['scan', '--report', reportPath('trivy.json'), ...args], { cwd }).out;
    expect(out(join('a', 'b'))).toContain(': 3 high, 1 low; 1 ignored [');
    expect(out(join('a', 'b'))).toContain('note: a/.trivyignore: entries that match nothing: CVE-2099-0099\n');
    expect(out()).toContain(': 1 critical, 2 high, 1 low; 1 ignored [');
    expect(out('--ignore-file', 'other.yaml')).toContain(': 1 critical, 2 high, 1 low; 1 ignored [');
    expect(out('--ignore-file', 'none')).toContain('note: none: cannot be read\n');
  });

  it('does not look for ignore files above the current folder', () => {
    const cwd = folderOf({ '.trivyignore': 'CVE-2099-0003\n' });
    mkdirSync(join(cwd, 'sub'));
    const { out } = runCli(['scan', '--report', reportPath('trivy.json')], { cwd: join(cwd, 'sub') });
    expect(out).toContain('1 critical');
  });

  it('is JSON with the line that each row came in with', () => {
    const cwd = folderOf({ Dockerfile: '# x\nFROM debian:12\n' });
    const { out } = runCli(['scan', '--report', reportPath('trivy.json'), 'Dockerfile', '--format', 'json'], { cwd });
    const { version, reports } = JSON.parse(out);
    expect(version).toBe(1);
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ image: 'registry.example/shop:1.4', path: 'Dockerfile', ignored: 0, notes: [] });
    expect(reports[0].vulnerabilities).toHaveLength(5);
    expect(reports[0].vulnerabilities[0]).toMatchObject({
      id: 'CVE-2099-0003',
      severity: 'critical',
      score: 9.8,
      line: 1,
    });
  });

  it('shows no control characters of strangers', () => {
    const row = { VulnerabilityID: 'CVE-1', PkgName: 'a\u001b[2Jb', Severity: 'LOW', Title: 'x\u202ey' };
    const input = JSON.stringify({
      SchemaVersion: 2,
      ArtifactName: '\u001b]0;',
      Results: [{ Vulnerabilities: [row] }],
    });
    const { out } = runCli(['scan', '--report', '-'], { input });
    for (const character of ['\u001b', '\u202e']) expect(out).not.toContain(character);
    expect(out).toContain('a·[2Jb');
  });

  it('is wrong usage together with what excludes it', () => {
    expect(report('trivy.json', '--built').err).toContain('--built and --report cannot be combined');
    expect(report('trivy.json', 'a', 'b').err).toContain('scan requires one Dockerfile');
    expect(report('trivy.json', '--severity', 'hihg').err).toContain('did you mean "high"?');
    expect(report('trivy.json', '--format', 'github').err).toContain('--format github works with lint');
    expect(runCli(['lint', '--built']).err).toContain('--built works with scan, not with lint');
  });
});

describe('scan --format sarif', () => {
  const sarif = (name: string, ...args: string[]) =>
    JSON.parse(runCli(['scan', '--report', reportPath(name), '--format', 'sarif', ...args]).out);

  it('has what version 2.1.0 demands: a rule for each vulnerability, a result for each package', () => {
    const log = sarif('trivy.json');
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const { rules } = run.tool.driver;
    const ids = rules.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(['CVE-2099-0003', 'CVE-2099-0004', 'CVE-2099-0001', 'CVE-2099-0002']);
    for (const rule of rules) {
      for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text])
        expect(text).not.toBe('');
      expect(rule.helpUri ?? 'https://').toMatch(/^https:\/\//);
      expect(['none', 'note', 'warning', 'error']).toContain(rule.defaultConfiguration.level);
    }
    expect(rules[0].properties).toMatchObject({ 'security-severity': '9.8' });
    // Without a score: from where on CVSS calls it high.
    expect(rules[1].properties).toMatchObject({ 'security-severity': '7.0' });
    expect(run.results).toHaveLength(5);
    const prints = new Set();
    for (const result of run.results) {
      expect(ids[result.ruleIndex]).toBe(result.ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      const [{ physicalLocation }] = result.locations;
      expect(physicalLocation.artifactLocation.uri).toBe('registry.example/shop%3A1.4');
      for (const number of Object.values(physicalLocation.region)) expect(number).toBeGreaterThanOrEqual(1);
      prints.add(result.partialFingerprints['vulnerablePackage/v1']);
    }
    expect(prints.size).toBe(5);
  });

  it('points to the FROM, and says what fixes it', () => {
    const cwd = folderOf({ Dockerfile: '# x\nFROM debian:12 AS base\n' });
    const { out } = runCli(['scan', '--report', reportPath('trivy.json'), '.', '--format', 'sarif'], { cwd });
    const [run] = JSON.parse(out).runs;
    expect(run.results[3]).toMatchObject({
      ruleId: 'CVE-2099-0001',
      level: 'error',
      message: { text: 'registry.example/shop:1.4: CVE-2099-0001 in libssl3 3.0.11-1, fixed in 3.0.13-1' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'Dockerfile' },
            region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 23 },
          },
        },
      ],
    });
    expect(run.results[0].message.text).toContain('no fixed version yet');
  });

  it('has notes as notifications', () => {
    const [run] = sarif('grype.json').runs;
    const texts = run.invocations[0].toolExecutionNotifications.map(
      (one: { message: { text: string } }) => one.message.text,
    );
    expect(texts).toContain('registry.example/shop:1.4: Grype reports for 2 packages: distro debian 12 is end of life');
  });
});
