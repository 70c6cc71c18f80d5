import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CodeLens, Diagnostic, Hover, MarkupContent } from 'vscode-languageserver/node';
import type { ScanParams, ScanReport, ScanResult } from '../../../server/src/protocol';
import { type FakeProgram, fakeProgram } from '../../helpers/fakeProgram';
import { createClient, type LspClient, type OpenDocument } from '../../helpers/lspClient';
import { newDockerArchive, sha256, tar } from '../../images/tarBytes';

interface Row {
  readonly id: string;
  readonly severity: string;
  readonly fixed?: string;
  readonly layer?: string;
}

function trivyReport(rows: readonly Row[]): string {
  const found = rows.map(({ id, severity, fixed, layer }) => ({
    VulnerabilityID: id,
    PkgName: 'libssl3',
    InstalledVersion: '3.0.1',
    FixedVersion: fixed,
    Severity: severity,
    PrimaryURL: `https://avd.example/${id}`,
    Layer: { DiffID: layer },
  }));
  const metadata = { OS: { Family: 'debian', Name: '12.4' } };
  const results = [{ Target: 'x (debian 12.4)', Class: 'os-pkgs', Vulnerabilities: found }];
  return JSON.stringify({
    SchemaVersion: 2,
    CreatedAt: '2026-10-02T08:00:00Z',
    Trivy: { Version: '0.68.1' },
    ArtifactType: 'container_image',
    Metadata: metadata,
    Results: results,
  });
}

const FOUR: readonly Row[] = [
  { id: 'CVE-2099-0001', severity: 'CRITICAL', fixed: '3.0.2' },
  { id: 'CVE-2099-0002', severity: 'HIGH' },
  { id: 'CVE-2099-0003', severity: 'HIGH' },
  { id: 'CVE-2099-0004', severity: 'LOW' },
];

/** Trivy that knows a report for some images. */
function fakeTrivy(reports: Readonly<Record<string, readonly Row[]>>): FakeProgram {
  const texts = Object.fromEntries(Object.entries(reports).map(([image, rows]) => [image, trivyReport(rows)]));
  return fakeProgram(
    'trivy',
    `const report = ${JSON.stringify(texts)}[args.at(-1)];
process.stderr.write('looking\\n');
if (report === undefined) { process.stderr.write('no such image\\n'); process.exit(1); }
process.stdout.write(report);`,
  );
}

interface Setup {
  readonly trivy: FakeProgram;
  readonly isTrusted?: boolean;
  readonly folder?: string;
  readonly engine?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

async function clientWith({
  trivy,
  isTrusted = true,
  folder = newFolder(),
  engine,
  settings = {},
}: Setup): Promise<LspClient> {
  const client = await createClient({
    initializationOptions: { isOurExtension: true, isTrusted, cacheFolder: folder },
    settings: () => ({
      scanner: { path: trivy.path, ...settings },
      engine: { path: engine },
      shellcheck: { enable: false },
    }),
  });
  onTestFinished(() => client.stop());
  return client;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-lsp-scan-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function scan(
  { connection }: LspClient,
  { uri }: OpenDocument,
  what: ScanParams['what'] = 'base',
): Promise<ScanResult> {
  return connection.sendRequest('dockerfile/scan', { uri, what } satisfies ScanParams);
}

async function reportsOf(result: Promise<ScanResult>): Promise<readonly ScanReport[]> {
  const found = await result;
  if (!found.ok) throw new Error(found.reason);
  return found.reports;
}

async function vulnerable(document: OpenDocument): Promise<Diagnostic[]> {
  return (await document.diagnostics()).filter(({ code }) => code === 'vulnerable-image');
}

function markdown(hover: Hover | null): string {
  return (hover?.contents as MarkupContent | undefined)?.value ?? '';
}

async function lenses({ connection }: LspClient, { uri }: OpenDocument): Promise<string[]> {
  const all = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
  return all.flatMap(({ command, range }) =>
    command?.title.startsWith('Vulnerabilities') ? [`${range.start.line}: ${command.title}`] : [],
  );
}

const TEXT = 'ARG V=12.4\nFROM debian:$V\nUSER 1000\n';

describe.skipIf(process.platform === 'win32')('scanning from the editor', () => {
  it('gives what earlier scans have found without a scan', async () => {
    const trivy = fakeTrivy({ 'debian:12.4': FOUR });
    const client = await clientWith({ trivy });
    const document = await client.open(TEXT);
    const kept = () =>
      reportsOf(
        client.connection.sendRequest('dockerfile/scan', {
          uri: document.uri,
          what: 'base',
          isKept: true,
        } satisfies ScanParams),
      );
    expect(await kept()).toEqual([]);
    expect(trivy.calls()).toEqual([]);
    const found = await reportsOf(scan(client, document));
    const calls = trivy.calls().length;
    expect(await kept()).toEqual(found);
    expect(trivy.calls()).toHaveLength(calls);
  });

  it('gives reports, and one diagnostic for the FROM with the worst', async () => {
    const trivy = fakeTrivy({ 'debian:12.4': FOUR });
    const client = await clientWith({ trivy });
    const written: string[] = [];
    client.connection.onNotification('dockerfile/engineOutput', ({ text }) => void written.push(text));
    const document = await client.open(TEXT);
    expect(await vulnerable(document)).toEqual([]);
    expect(trivy.calls()).toEqual([]);
    const [report] = await reportsOf(scan(client, document));
    expect(report).toMatchObject({ image: 'debian:12.4', distribution: 'debian 12.4', ignored: 0 });
    expect(report?.vulnerabilities).toHaveLength(4);
    expect(written.join('')).toBe('looking\n');
    const diagnostics = await vulnerable(document);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      message: 'Known vulnerabilities in `debian:12.4` on 2026-10-02: 1 critical, 2 high, 1 low',
      severity: 2,
      range: { start: { line: 1, character: 5 }, end: { line: 1, character: 14 } },
    });
    expect(diagnostics[0]?.codeDescription?.href).toMatch(/vulnerable-image\.md$/);
    expect(diagnostics[0]?.relatedInformation?.map(({ message }) => message)).toEqual([
      'CVE-2099-0001 (critical) in libssl3 3.0.1, fixed in 3.0.2',
      'CVE-2099-0002 (high) in libssl3 3.0.1, no fixed version yet',
      'CVE-2099-0003 (high) in libssl3 3.0.1, no fixed version yet',
    ]);
  });

  it('shows the counts with their date above the FROM and on hover', async () => {
    const client = await clientWith({ trivy: fakeTrivy({ 'debian:12.4': FOUR }) });
    const document = await client.open(TEXT);
    expect(await lenses(client, document)).toEqual([]);
    await scan(client, document);
    expect(await lenses(client, document)).toEqual(['1: Vulnerabilities: 1 critical, 2 high, 1 low (2026-10-02)']);
    const text = markdown(await document.hover('debian'));
    expect(text).toContain('**Known vulnerabilities**: 1 critical, 2 high, 1 low · 1 have a fixed version');
    expect(text).toContain(
      '- [CVE-2099-0001](<https://avd.example/CVE-2099-0001>) (critical) in libssl3 3.0.1, fixed in 3.0.2',
    );
    expect(text).toContain('*Scanned with trivy 0.68.1 on 2026-10-02*');
  });

  it('starts nothing where the workspace is not trusted, until it is', async () => {
    const trivy = fakeTrivy({ 'debian:12.4': FOUR });
    const client = await clientWith({ trivy, isTrusted: false });
    const document = await client.open(TEXT);
    for (const what of ['base', 'built'] as const)
      expect(await scan(client, document, what)).toEqual({
        ok: false,
        reason: 'Scanners run only in trusted workspaces',
      });
    expect(trivy.calls()).toEqual([]);
    await client.connection.sendNotification('dockerfile/trust');
    expect(await scan(client, document)).toMatchObject({ ok: true });
  });

  it('keeps what was found until the FROM changes, also for the next start', async () => {
    const folder = newFolder();
    const trivy = fakeTrivy({ 'debian:12.4': FOUR });
    const first = await clientWith({ trivy, folder });
    await scan(first, await first.open(TEXT));
    const client = await clientWith({ trivy, folder });
    const document = await client.open(TEXT);
    expect(await vulnerable(document)).toHaveLength(1);
    expect(trivy.calls().filter(({ args }) => args[0] === 'image')).toHaveLength(1);
    await document.edit(TEXT.length, 0, 'RUN true\n');
    expect(await vulnerable(document)).toHaveLength(1);
    await document.edit(TEXT.indexOf('12.4'), 4, '12.5');
    expect(await vulnerable(document)).toEqual([]);
    expect(await lenses(client, document)).toEqual([]);
  });

  it('tells from the severity of the settings on', async () => {
    const rows: readonly Row[] = [{ id: 'CVE-2099-0009', severity: 'MEDIUM' }];
    const trivy = fakeTrivy({ 'debian:12.4': rows });
    const client = await clientWith({ trivy });
    const document = await client.open(TEXT);
    await scan(client, document);
    expect(await vulnerable(document)).toEqual([]);
    expect(await lenses(client, document)).toHaveLength(1);
    const lower = await clientWith({ trivy, settings: { severity: 'medium' } });
    const other = await lower.open(TEXT);
    await scan(lower, other);
    expect(await vulnerable(other)).toHaveLength(1);
  });

  it('leaves out what the nearest ignore file names, and looks again when it changes', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, '.trivyignore'), 'CVE-2099-0001\nCVE-2099-0002\nCVE-2099-0003\nCVE-2099-0077\n');
    const client = await createClient({
      initializationOptions: { isOurExtension: true, isTrusted: true, cacheFolder: join(folder, 'cache') },
      capabilities: { textDocument: { diagnostic: {} } },
      rootUri: pathToFileURL(folder).href,
      settings: () => ({ scanner: { path: fakeTrivy({ 'debian:12.4': FOUR }).path } }),
    });
    onTestFinished(() => client.stop());
    const document = await client.open(TEXT, { uri: pathToFileURL(join(folder, 'app/Dockerfile')).href });
    const [report] = await reportsOf(scan(client, document));
    expect(report).toMatchObject({ ignored: 3, notes: ['.trivyignore: entries that match nothing: CVE-2099-0077'] });
    expect(await vulnerable(document)).toEqual([]);
    expect(await lenses(client, document)).toEqual(['1: Vulnerabilities: 1 low (2026-10-02)']);
    writeFileSync(join(folder, '.trivyignore'), '');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
    expect(await vulnerable(document)).toHaveLength(1);
  });

  it('says on hover which newer tag of the same line has fewer', async () => {
    const trivy = fakeTrivy({
      'debian:12.4': FOUR,
      'debian:12.6': FOUR.slice(2),
      'debian:13.1': [],
      'debian:12.2': [],
    });
    const client = await clientWith({ trivy });
    for (const tag of ['12.2', '12.6', '13.1']) await scan(client, await client.open(`FROM debian:${tag}\n`));
    const document = await client.open(TEXT);
    await scan(client, document);
    const text = markdown(await document.hover('debian'));
    expect(text).toContain('Scanned newer tags:\n- `debian:12.6` has 2 fewer');
    expect(text).not.toMatch(/debian:1(?:3\.1|2\.2)/);
  });

  it('tells a failure once, in its answer, and goes on', async () => {
    const trivy = fakeTrivy({ 'debian:12.4': FOUR });
    const client = await clientWith({ trivy });
    const document = await client.open('FROM other:1\n');
    expect(await scan(client, document)).toMatchObject({ ok: false, reason: 'trivy failed: no such image' });
    expect(client.shown).toEqual([]);
    expect(await vulnerable(document)).toEqual([]);
    const missing = await clientWith({ trivy: { ...trivy, path: '/nowhere/trivy' } });
    expect(await scan(missing, await missing.open(TEXT))).toMatchObject({
      ok: false,
      reason: '/nowhere/trivy is missing or cannot be started',
    });
    expect(await scan(client, await client.open(TEXT))).toMatchObject({ ok: true });
  });

  it('ends at a cancel the scanner that would go on', async () => {
    const trivy = fakeProgram(
      'trivy',
      "fs.writeFileSync(__filename + '.pid', String(process.pid)); setInterval(() => {}, 1000);",
    );
    const client = await clientWith({ trivy });
    const document = await client.open(TEXT);
    const { CancellationTokenSource } = await import('vscode-languageserver/node');
    const source = new CancellationTokenSource();
    const scanning = client.connection.sendRequest<ScanResult>(
      'dockerfile/scan',
      { uri: document.uri, what: 'base' },
      source.token,
    );
    while (!existsSync(`${trivy.path}.pid`)) await new Promise((resolve) => setTimeout(resolve, 10));
    source.cancel();
    expect(await scanning).toMatchObject({ ok: false, isCancelled: true });
  });

  it('finds the line whose layer brought each in, in the image that is built', async () => {
    const folder = newFolder();
    const text = 'FROM debian:12.4\nENV A=b\nRUN apt-get install -y curl\nCOPY app /app\nUSER 1000\n';
    const layers = ['base', 'curl', 'app'].map((data) => tar([{ path: data, data: Buffer.from(data) }]));
    const digests = layers.map((layer) => `sha256:${sha256(layer)}`);
    const history = [
      { created_by: '# debian.sh' },
      { created_by: 'ENV A=b', empty_layer: true },
      { created_by: 'RUN /bin/sh -c apt-get install -y curl # buildkit' },
      { created_by: 'COPY app /app # buildkit' },
      { created_by: 'USER 1000', empty_layer: true },
    ];
    writeFileSync(join(folder, 'image.tar'), newDockerArchive({ history, layers }));
    const docker = fakeProgram(
      'docker',
      `if (args[0] === 'save') process.stdout.write(fs.readFileSync(${JSON.stringify(join(folder, 'image.tar'))}));`,
    );
    const rows = FOUR.map((row, index) => ({ ...row, layer: digests[index % 2] ?? '' }));
    const trivy = fakeProgram('trivy', `process.stdout.write(${JSON.stringify(trivyReport(rows))});`);
    const client = await clientWith({ trivy, engine: docker.path });
    const document = await client.open(text, { uri: pathToFileURL(join(folder, 'Dockerfile')).href });
    const result = await scan(client, document, 'built');
    if (!result.ok) throw new Error(result.reason);
    expect(docker.calls().map(({ args }) => args[0])).toEqual(['version', 'build', 'save', 'rmi']);
    const places = async () =>
      (await vulnerable(document)).map(({ range, message }) => `${range.start.line}: ${message}`);
    expect(await places()).toEqual([
      '0: Known vulnerabilities in `Dockerfile` on 2026-10-02: 1 critical, 1 high',
      '2: Known vulnerabilities added here, on 2026-10-02: 1 high, 1 low',
    ]);
    // Lines above move them, and a changed instruction is another one.
    await document.edit(0, 0, '# a comment\n');
    expect((await places()).map((place) => place.slice(0, 2))).toEqual(['1:', '3:']);
    await document.edit(document.text().indexOf('curl'), 4, 'wget');
    expect((await places()).map((place) => place.slice(0, 2))).toEqual(['1:']);
    await document.edit(document.text().indexOf('12.4'), 4, '12.5');
    expect(await places()).toEqual([]);
  });
});
