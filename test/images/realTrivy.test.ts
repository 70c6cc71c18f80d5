import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { engineOfDebian } from '../../scripts/debianEngine.mjs';
import { realTrivy } from '../../scripts/realTrivy.mjs';
import type { ScanReport, ScanResult } from '../../server/src/protocol';
import { allRules } from '../../server/src/rules';
import { type CliResult, folderOf, runCli } from '../helpers/cliProcess';
import { createClient } from '../helpers/lspClient';

/** Renewed on the day before the one that the tests take for today. */
const FRESH = { Version: 2, NextUpdate: '2035-01-01T00:00:00Z', UpdatedAt: '2025-05-31T00:00:00Z' };
const OLD = { ...FRESH, NextUpdate: '2023-11-02T00:00:00Z', UpdatedAt: '2023-11-01T00:00:00Z' };

const DOCKERFILE =
  'FROM scratch\nCOPY etc /etc/\nCOPY status /var/lib/dpkg/status\nCOPY requests-2.31.0.dist-info /usr/lib/python3/dist-packages/requests-2.31.0.dist-info\n';
const FILES = {
  Dockerfile: DOCKERFILE,
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  'etc/debian_version': '12.4\n',
  status: ['bash 5.2', 'zlib1g 1:1.2 zlib']
    .map((one) => one.split(' '))
    .map(
      ([name, version, source]) =>
        `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n${source ? `Source: ${source}\n` : ''}Architecture: amd64\n\n`,
    )
    .join(''),
  'requests-2.31.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: requests\nVersion: 2.31.0\n',
};

const root = join(import.meta.dirname, '../..');
/** Programs that start programs, on machines that do other things too. */
const SLOW = { timeout: 120_000 };
const isThere = existsSync(realTrivy.program) && existsSync(join(realTrivy.cache, 'db/trivy.db'));
const buildah = isThere ? engineOfDebian('buildah') : {};

/** A program that starts another one with variables of its own. */
function wrapper(name: string, program: string, env: Readonly<Record<string, string | undefined>>): string {
  const folder = folderOf({});
  const path = join(folder, name);
  const settings = Object.entries(env).map(([key, value]) => `export ${key}='${value ?? ''}'`);
  writeFileSync(path, ['#!/bin/sh', ...settings, `exec ${program} "$@"`, ''].join('\n'));
  chmodSync(path, 0o755);
  return path;
}

/** Trivy with a cache of this test's own, which never goes to the network. */
function trivy(database: object | undefined, env: Readonly<Record<string, string>> = {}): string {
  const cache = join(folderOf({}), 'cache');
  mkdirSync(cache);
  if (database) {
    cpSync(realTrivy.cache, cache, { recursive: true });
    writeFileSync(join(cache, 'db/metadata.json'), JSON.stringify(database));
  }
  const settings = { TRIVY_CACHE_DIR: cache, TRIVY_OFFLINE_SCAN: 'true', TRIVY_SKIP_DB_UPDATE: 'true', ...env };
  return wrapper('trivy', realTrivy.program, settings);
}

function engine(): string {
  const { CONTAINERS_STORAGE_CONF, CONTAINERS_CONF, BUILDAH_ISOLATION = '' } = buildah.env ?? {};
  return wrapper('buildah', 'buildah', { CONTAINERS_STORAGE_CONF, CONTAINERS_CONF, BUILDAH_ISOLATION });
}

function scan(
  scanner: string,
  files: Readonly<Record<string, string>> = FILES,
  args: readonly string[] = [],
): CliResult {
  const options = ['--scanner', 'trivy', '--scanner-path', scanner, '--engine', engine(), ...args];
  return runCli(['scan', '--built', '.', ...options], { cwd: folderOf(files) });
}

function reportOf({ out, err }: CliResult): ScanReport {
  if (out === '') throw new Error(err);
  const [report] = JSON.parse(out).reports;
  return report;
}

const rowsOf = (report: ScanReport) =>
  report.vulnerabilities.map(({ id, severity, package: name, fixedVersion }) => [id, severity, name, fixedVersion]);

const FOUND = [
  ['CVE-2099-0001', 'critical', 'bash', '9.0-1'],
  ['CVE-2099-0002', 'high', 'zlib1g', undefined],
  ['CVE-2099-0004', 'low', 'requests', '2.99.0'],
];

describe.skipIf(!isThere || buildah.reason !== undefined)(
  'a real Trivy (needs scripts/realTrivy.mjs and buildah)',
  () => {
    it('tells severities, fixed versions and lines of an image that is built', () => {
      const report = reportOf(scan(trivy(FRESH), FILES, ['--format', 'json']));
      expect(rowsOf(report)).toEqual(FOUND);
      expect(report).toMatchObject({
        distribution: 'debian 12.4',
        notes: [],
        scanner: { name: 'trivy' },
      });
      const text = scan(trivy(FRESH), FILES, ['--fail-on-severity', 'critical']);
      expect(text.code).toBe(1);
      expect(text.out).toMatch(/^critical +3 +bash +5\.2 +9\.0-1 +CVE-2099-0001/m);
      expect(text.out).toMatch(/^low +4 +requests +2\.31\.0 +2\.99\.0 +CVE-2099-0004/m);
    });

    it('gives the same report as a file that it wrote itself', () => {
      const folder = folderOf(FILES);
      const archive = join(folder, 'image.tar');
      const env = { ...process.env, ...buildah.env };
      const build = (args: readonly string[]) =>
        once(spawn('buildah', args, { cwd: folder, env, stdio: 'ignore' }), 'exit');
      return build(['build', '--format', 'docker', '--layers', '-t', 'localhost/scanned:here', '.'])
        .then(() => build(['push', 'localhost/scanned:here', `docker-archive:${archive}`]))
        .then(() => build(['rmi', '--force', 'localhost/scanned:here']))
        .then(async () => {
          const saved = join(folder, 'report.json');
          await once(spawn(trivy(FRESH), ['image', '--format', 'json', '--output', saved, '--input', archive]), 'exit');
          const read = runCli(['scan', '--report', saved, '--format', 'json'], { cwd: folder });
          expect(rowsOf(reportOf(read))).toEqual(FOUND);
        });
    });

    it('leaves out what .trivyignore and .trivyignore.yaml name', () => {
      const plain = reportOf(scan(trivy(FRESH), { ...FILES, '.trivyignore': 'CVE-2099-0001\n' }, ['--format', 'json']));
      expect(plain).toMatchObject({ ignored: 1, vulnerabilities: [{ id: 'CVE-2099-0002' }, { id: 'CVE-2099-0004' }] });
      const yaml =
        'vulnerabilities:\n  - id: CVE-2099-0004\n    paths: ["usr/lib/python3/**"]\n  - id: CVE-2099-0001\n    paths: ["x/**"]\n';
      const paths = reportOf(scan(trivy(FRESH), { ...FILES, '.trivyignore.yaml': yaml }, ['--format', 'json']));
      expect(paths).toMatchObject({ ignored: 1, vulnerabilities: [{ id: 'CVE-2099-0001' }, { id: 'CVE-2099-0002' }] });
    });

    it('asks the server that TRIVY_SERVER names', async () => {
      const port = await freePort();
      const address = `127.0.0.1:${port}`;
      const server = spawn(trivy(FRESH), ['server', '--listen', address], { stdio: 'ignore' });
      onTestFinished(() => void server.kill());
      await answers(`http://${address}/healthz`);
      // It has no database of its own.
      const report = reportOf(
        scan(trivy(undefined, { TRIVY_SERVER: `http://${address}` }), FILES, ['--format', 'json']),
      );
      expect(rowsOf(report)).toEqual(FOUND);
    });

    it('says how old its database is, when it was not renewed', () => {
      const report = reportOf(scan(trivy(OLD), FILES, ['--format', 'json']));
      expect(rowsOf(report)).toEqual(FOUND);
      expect(report.notes).toEqual([
        "Trivy's vulnerability database is from 2023-11-01: newer vulnerabilities are missing",
      ]);
    });

    it.each([
      ['no database that it may download', undefined, {}, 'Trivy has no vulnerability database, and its settings'],
      [
        'no database that it can download',
        undefined,
        { TRIVY_SKIP_DB_UPDATE: 'false', TRIVY_DB_REPOSITORY: '127.0.0.1:1/db' },
        'Trivy could not download its vulnerability database: ',
      ],
      ['a broken database', 'broken', {}, "Trivy's vulnerability database cannot be read: "],
    ])('fails in words of ours with %s', (_, database, env, reason) => {
      const scanner = trivy(database === undefined ? undefined : FRESH, env);
      if (database) {
        const [, cache = ''] = /TRIVY_CACHE_DIR='(.*)'/.exec(readFileSync(scanner, 'utf8')) ?? [];
        writeFileSync(join(cache, 'db/trivy.db'), 'no database');
      }
      const { code, out, err } = scan(scanner);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(`error: ${reason}`);
    });

    it('puts diagnostics on the lines in the editor', async () => {
      const folder = folderOf(FILES);
      const scanner = trivy(FRESH);
      const client = await createClient({
        initializationOptions: { isOurExtension: true, isTrusted: true, cacheFolder: folderOf({}) },
        settings: () => ({ scanner: { path: scanner, severity: 'low' }, engine: { kind: 'buildah', path: engine() } }),
      });
      onTestFinished(() => client.stop());
      const document = await client.open(DOCKERFILE, { uri: pathToFileURL(join(folder, 'Dockerfile')).href });
      const result = await client.connection.sendRequest<ScanResult>('dockerfile/scan', {
        uri: document.uri,
        what: 'built',
      });
      if (!result.ok) throw new Error(result.reason);
      const found = (await document.diagnostics()).filter(({ code }) => code === 'vulnerable-image');
      expect(found.map(({ range }) => range.start.line)).toEqual([2, 3]);
    });
  },
);

/** What Trivy finds in our examples and built apps and we do not: by file, with the reason. */
const NOT_OURS = [
  // zlib1g-dev recommends no package.
  'apps/go-cgo/Dockerfile.best DS029',
  // The stage is thrown away.
  'apps/java-spring/Dockerfile.half DS029',
  // nginx itself runs its workers as another user.
  'apps/node-astro/Dockerfile.half DS002',
  // A heredoc is one RUN.
  'apps/heredoc-config/Dockerfile DS017',
  // The base image sets its user.
  ...[
    'go-modules',
    'go-run-templates',
    'go-two-stage',
    'go-vendored',
    'go-web',
    'go-workspaces',
    'go-writes-relative',
    'half-multistage',
    'node-astro',
    'node-frontend',
    'node-vite-preview',
    'python-mkdocs',
    'rust-cli',
    'rust-workspace',
  ].map((app) => `apps/${app}/Dockerfile.best DS002`),
];

describe.skipIf(!isThere)('checks of a real Trivy', SLOW, () => {
  it.each(['examples', 'test/builds/apps'])('are ours too, in %s', (name) => {
    const folder = join(root, name);
    const { Results: results } = JSON.parse(
      execFileSync(realTrivy.program, ['config', '--quiet', '--skip-check-update', '--format', 'json', folder], {
        encoding: 'utf8',
      }),
    );
    const config = join(folderOf({ 'all.yaml': 'extends: all\n' }), 'all.yaml');
    const files: TrivyFile[] = results.map((one: TrivyFile) => ({ ...one, path: join(folder, one.Target) }));
    const { out } = runCli(['lint', '--format', 'json', '--config', config, ...files.map(({ path }) => path)]);
    const linted: { path: string; findings: { rule: string }[] }[] = JSON.parse(out).files;
    const missed = files.flatMap(({ path, Misconfigurations: found = [] }) => {
      const rules = linted.find((one) => one.path === path)?.findings.map(({ rule }) => rule) ?? [];
      const ids = new Set(rules.flatMap((id) => allRules.find(({ meta }) => meta.id === id)?.meta.aliases ?? []));
      return found.filter(({ ID }) => !ids.has(ID)).map(({ ID }) => `${path} ${ID}`);
    });
    expect(files.some(({ Misconfigurations: found = [] }) => found.length > 0)).toBe(true);
    expect(missed.filter((one) => !NOT_OURS.some((known) => one.endsWith(known)))).toEqual([]);
  });
});

interface TrivyFile {
  readonly Target: string;
  readonly path: string;
  readonly Misconfigurations?: readonly { readonly ID: string }[];
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
