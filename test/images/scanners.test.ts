import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ContainerEngine, RunRequest } from '../../server/src/images/engines/engine';
import { findScanner } from '../../server/src/images/scanners/findScanner';
import { scanImages } from '../../server/src/images/scanners/scanImages';
import type { Scanner, Subject } from '../../server/src/images/scanners/scanner';
import { createLocalize } from '../../server/src/l10n/localize';
import type { Outcome } from '../../server/src/reports/outcome';
import type { ScanReport } from '../../server/src/reports/scanReport';
import type { ScannerChoice } from '../../server/src/reports/scanRequest';
import { fakeProgram } from '../helpers/fakeProgram';

const localize = createLocalize(undefined);
const setup = { localize, now: () => new Date('2026-11-01T00:00:00Z') };
const reportPath = (name: string) => join(import.meta.dirname, '../reports/scannerReports', name);
const noEngine = async (): Promise<Outcome<ContainerEngine>> => ({ ok: false, reason: 'no engine' });

/** Writes a saved report. */
const replay = (name: string) => `process.stdout.write(fs.readFileSync(${JSON.stringify(reportPath(name))}));`;

/** Looks for programs on this PATH alone. */
async function withPath<T>(path: string, use: () => Promise<T>): Promise<T> {
  const before = process.env['PATH'];
  process.env['PATH'] = path;
  try {
    return await use();
  } finally {
    process.env['PATH'] = before;
  }
}

async function scannerOf(choice: ScannerChoice, engine = noEngine): Promise<Scanner> {
  const found = await findScanner(choice, setup, engine);
  if (!found.ok) throw new Error(found.reason);
  return found.value;
}

async function scan(
  choice: ScannerChoice,
  subject: Subject = { image: 'shop:1' },
  signal = new AbortController().signal,
) {
  return (await scannerOf(choice)).scan(subject, { signal });
}

async function trivySaying(script: string): Promise<Outcome<ScanReport>> {
  return scan({ kind: 'trivy', path: fakeProgram('trivy', script).path });
}

describe.skipIf(process.platform === 'win32')('scanners that are programs', () => {
  it('Trivy is asked for the vulnerabilities of an image, in an empty folder', async () => {
    const { path, calls } = fakeProgram('trivy', replay('trivy.json'));
    const outcome = await scan({ kind: 'trivy', path });
    expect(outcome).toMatchObject({ ok: true, value: { image: 'shop:1', scanner: { name: 'trivy' } } });
    const [call] = calls();
    expect(call?.args.join(' ')).toBe(
      'image --format json --scanners vuln --exit-code 0 --no-progress --timeout 15m shop:1',
    );
    expect(call?.files).toEqual([]);
    expect(existsSync(call?.cwd ?? '')).toBe(false);
  });

  it('Trivy and Grype are told the platform of an image', async () => {
    const trivy = fakeProgram('trivy', replay('trivy.json'));
    const grype = fakeProgram('grype', replay('grype.json'));
    const subject = { image: 'shop:1', platform: 'linux/arm64' };
    await scan({ kind: 'trivy', path: trivy.path }, subject);
    await scan({ kind: 'grype', path: grype.path }, subject);
    expect(trivy.calls()[0]?.args.slice(-3)).toEqual(['--platform', 'linux/arm64', 'shop:1']);
    expect(grype.calls()[0]?.args.slice(-2)).toEqual(['--platform', 'linux/arm64']);
  });

  it('Trivy and Grype read archives', async () => {
    const trivy = fakeProgram('trivy', replay('trivy.json'));
    const grype = fakeProgram('grype', replay('grype.json'));
    const subject = { image: 'shop', archivePath: '/tmp/a b.tar' };
    expect(await scan({ kind: 'trivy', path: trivy.path }, subject)).toMatchObject({ value: { image: 'shop' } });
    expect(await scan({ kind: 'grype', path: grype.path }, subject)).toMatchObject({ value: { image: 'shop' } });
    expect(trivy.calls()[0]?.args.slice(-2)).toEqual(['--input', '/tmp/a b.tar']);
    expect(grype.calls()[0]?.args).toEqual(['docker-archive:/tmp/a b.tar', '--output', 'json', '--by-cve']);
  });

  it('Clair is asked through clairctl, at the host of the settings, for images of registries alone', async () => {
    const { path, calls } = fakeProgram('clairctl', replay('clair.json'));
    const choice = { kind: 'clair', path, clairHost: 'http://clair.example:6060' } as const;
    expect(await scan(choice)).toMatchObject({ ok: true, value: { scanner: { name: 'clair' } } });
    expect(calls()[0]?.args).toEqual(['report', '--host', 'http://clair.example:6060', '--out', 'json', 'shop:1']);
    expect(await scan(choice, { image: 'shop', archivePath: '/tmp/a.tar' })).toEqual({
      ok: false,
      reason: 'Clair scans only images in registries, not local builds',
    });
    expect(calls()).toHaveLength(1);
  });

  it.each([
    ['broken', 'console.log(\'{"SchemaVersion": 2,\');', 'trivy: The report is not valid JSON'],
    ['empty', '', 'trivy: The report is not valid JSON'],
    ['of a new schema', 'console.log(\'{"SchemaVersion": 9}\');', /^trivy: Trivy report with schema version 9/],
    ['something else', "console.log('{}');", 'trivy: Not a JSON report from Trivy, Clair or Grype'],
  ])('a report that is %s is told', async (_, script, reason) => {
    expect(await trivySaying(script)).toMatchObject({
      ok: false,
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });

  it('a report that breaks off is told, never its half', async () => {
    const script = `process.stdout.write(fs.readFileSync(${JSON.stringify(reportPath('trivy.json'))}).subarray(0, 4000));`;
    expect(await trivySaying(script)).toMatchObject({ ok: false, reason: 'trivy: The report is not valid JSON' });
  });

  it('a report of another scanner than the one that was asked is none', async () => {
    expect(await trivySaying(replay('grype.json'))).toMatchObject({ ok: false });
  });

  it('a failure is told by the last thing that the scanner said', async () => {
    const said =
      '2026-11-01T08:00:00Z\\tINFO\\tlooking\\n2026-11-01T08:00:01Z\\tFATAL\\tFatal error\\timage scan error:\\n\\t* remote error: MANIFEST_UNKNOWN\\n';
    expect(await trivySaying(`process.stderr.write('${said}'); process.exitCode = 1;`)).toMatchObject({
      ok: false,
      reason: 'trivy failed: remote error: MANIFEST_UNKNOWN',
    });
    expect(await trivySaying('process.exitCode = 3;')).toEqual({
      ok: false,
      reason: 'trivy exited with code 3',
    });
  });

  it('a whole report counts, whatever exit code the settings of the user give it', async () => {
    const { path } = fakeProgram('grype', `${replay('grype.json')} process.exitCode = 2;`);
    expect(await scan({ kind: 'grype', path })).toMatchObject({ ok: true });
  });

  it('what it writes on standard error is passed on and no part of the report', async () => {
    const { path } = fakeProgram('trivy', `process.stderr.write('x'.repeat(5e6)); ${replay('trivy.json')}`);
    let length = 0;
    const scanner = await scannerOf({ kind: 'trivy', path });
    const onOutput = (text: string) => {
      length += text.length;
    };
    const { signal } = new AbortController();
    expect(await scanner.scan({ image: 'a' }, { signal, onOutput })).toMatchObject({ ok: true });
    expect(length).toBe(5e6);
  });

  it('100 MB are refused, before they are held', async () => {
    const script = `const part = '{"VulnerabilityID":"CVE-1"},'.repeat(40000);
const write = (left) => { while (left > 0) { left -= part.length; if (!process.stdout.write(part)) return process.stdout.once('drain', () => write(left)); } };
process.stdout.write('{"SchemaVersion":2,"Results":[{"Vulnerabilities":['); write(100e6);`;
    const before = process.memoryUsage().rss;
    expect(await trivySaying(script)).toMatchObject({
      ok: false,
      reason: 'trivy produced too much output and was stopped',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it('one that never ends by itself ends at a cancel, also when it does not want to', async () => {
    const { path, calls } = fakeProgram('trivy', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);");
    const controller = new AbortController();
    const scanning = scan({ kind: 'trivy', path }, { image: 'a' }, controller.signal);
    while (calls().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort();
    expect(await scanning).toMatchObject({ ok: false, isCancelled: true });
    expect(existsSync(calls()[0]?.cwd ?? '')).toBe(false);
  });

  it('is chosen by what is there: Trivy, Grype, then Clair where a host is set', async () => {
    const { folder: trivy } = fakeProgram('trivy', '');
    const { folder: grype } = fakeProgram('grype', '');
    const { folder: clair } = fakeProgram('clairctl', '');
    const { folder: none } = fakeProgram('other', '');
    const kindWith = async (folders: readonly string[], choice: ScannerChoice = { kind: 'auto' }) => {
      const found = await withPath(folders.join(':'), () => findScanner(choice, setup, noEngine));
      return found.ok ? found.value.kind : found.reason;
    };
    const missing = expect.stringMatching(/^No vulnerability scanner found .*--scanner-image/);
    expect(await kindWith([clair, grype, trivy])).toBe('trivy');
    expect(await kindWith([clair, grype])).toBe('grype');
    expect(await kindWith([clair])).toEqual(missing);
    expect(await kindWith([clair], { kind: 'auto', clairHost: 'https://clair.example' })).toBe('clair');
    expect(await kindWith([clair], { kind: 'clair' })).toBe('The address of Clair is not set');
    expect(await kindWith([none])).toEqual(missing);
    expect(await kindWith([trivy], { kind: 'grype' })).toMatch(
      /^grype, which scans images for vulnerabilities, is not installed/,
    );
    expect(await kindWith([], { kind: 'auto', path: join(grype, 'grype') })).toBe('grype');
    expect(await kindWith([trivy], { kind: 'auto', path: '/nowhere/trivy' })).toMatch(/^\/nowhere\/trivy is missing/);
    expect(await kindWith([clair], { kind: 'clair', clairHost: '--help' })).toMatch(
      /^--help is not a valid Clair address/,
    );
  });

  it('one that is missing comes with a page that tells how to get it', async () => {
    const found = await withPath('', () => findScanner({ kind: 'auto' }, setup, noEngine));
    expect(found).toMatchObject({ ok: false, url: expect.stringMatching(/^https:\/\/trivy\.dev\//) });
  });
});

describe('Trivy in a container', () => {
  function engineWith(answer: string, kind: ContainerEngine['kind'] = 'docker') {
    const requests: RunRequest[] = [];
    const unused = () => Promise.reject(new Error('not for this test'));
    const engine: ContainerEngine = {
      runtime: undefined,
      kind,
      program: '/usr/bin/engine',
      build: unused,
      save: unused,
      remove: unused,
      run:
        kind === 'buildah'
          ? undefined
          : async (request) => {
              requests.push(request);
              return { ok: true, value: { code: 0, stdout: Buffer.from(answer), stderr: '' } };
            },
    };
    return { requests, find: async (): Promise<Outcome<ContainerEngine>> => ({ ok: true, value: engine }) };
  }
  const choice = { kind: 'trivy', path: undefined, containerImage: 'aquasec/trivy' } as const;
  const inContainer = async (engine: ReturnType<typeof engineWith>, subject: Subject): Promise<Outcome<ScanReport>> => {
    const scanner = await withPath('', () => scannerOf(choice, engine.find));
    return scanner.scan(subject, { signal: new AbortController().signal });
  };

  it('is run where there is no program and the settings name an image', async () => {
    const engine = engineWith(readFileSync(reportPath('trivy.json'), 'utf8'));
    expect(await inContainer(engine, { image: 'debian:12' })).toMatchObject({
      ok: true,
      value: { image: 'debian:12' },
    });
    const [request] = engine.requests;
    expect(request).toMatchObject({ image: 'aquasec/trivy' });
    expect(request?.args.at(-1)).toBe('debian:12');
    expect(request?.options.join(' ')).not.toMatch(/\.sock|privileged/);
  });

  it('is given an archive to read and nothing else', async () => {
    const engine = engineWith(readFileSync(reportPath('trivy.json'), 'utf8'), 'podman');
    await inContainer(engine, { image: 'built', archivePath: '/tmp/x/image.tar' });
    const [request] = engine.requests;
    expect(request?.args.slice(-2)).toEqual(['--input', '/image.tar']);
    expect(request?.options).toContain('/tmp/x/image.tar:/image.tar:ro');
  });

  it('takes an engine that runs containers', async () => {
    const outcome = await inContainer(engineWith('', 'buildah'), { image: 'debian:12' });
    expect(outcome).toEqual({ ok: false, reason: 'buildah can build images, but not run containers' });
  });
});

describe('several images', () => {
  const report = (image: string): ScanReport => ({
    scanner: { name: 'trivy' },
    image,
    scannedAt: '2026-11-01T00:00:00.000Z',
    vulnerabilities: [],
    ignored: 0,
    notes: [],
  });
  const scanner = (asked: string[], cancelled = ''): Scanner => ({
    kind: 'trivy',
    scan: async ({ image }) => {
      asked.push(image);
      if (image === cancelled) return { ok: false, reason: 'Cancelled', isCancelled: true };
      return image.startsWith('bad') ? { ok: false, reason: `no ${image}` } : { ok: true, value: report(image) };
    },
  });
  const options = { signal: new AbortController().signal };
  const subjects = (...images: readonly string[]) => images.map((image) => ({ image }));

  it('are scanned one after the other; what fails is told with what was found', async () => {
    const outcome = await scanImages(scanner([]), subjects('a', 'bad:1', 'b'), options, localize);
    expect(outcome).toMatchObject({
      ok: true,
      value: [
        { image: 'a', notes: ['bad:1 was not scanned: no bad:1'] },
        { image: 'b', notes: [] },
      ],
    });
  });

  it('that all fail are one failure', async () => {
    expect(await scanImages(scanner([]), subjects('bad:1', 'bad:2'), options, localize)).toEqual({
      ok: false,
      reason: 'no bad:2',
    });
  });

  it('are left alone after a cancel', async () => {
    const asked: string[] = [];
    const outcome = await scanImages(scanner(asked, 'b'), subjects('a', 'b', 'c'), options, localize);
    expect(outcome).toMatchObject({ ok: false, isCancelled: true });
    expect(asked).toEqual(['a', 'b']);
  });
});
