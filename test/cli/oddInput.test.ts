import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI } from '../helpers/builtPrograms';
import { folderOf, runCli } from '../helpers/cliProcess';

const PIP = 'FROM python:3.11-slim\nRUN pip install a==1\nUSER 1000\n';
const isWindows = process.platform === 'win32';

describe.skipIf(isWindows)('files that are none', () => {
  it('leaves a pipe in a folder alone: reading it would never end', () => {
    const cwd = folderOf({ 'Dockerfile.real': PIP });
    spawnSync('sh', ['-c', 'mkfifo Dockerfile'], { cwd });
    const { code, out } = runCli(['lint', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(out).files).toHaveLength(1);
  });

  it('gives up on a device without an end', () => {
    expect(runCli(['lint', '/dev/zero'])).toEqual({
      code: 2,
      out: '',
      err: 'error: /dev/zero: too large to be a Dockerfile: more than 1 MB\n',
    });
  });

  it('does not count a link to nothing', () => {
    const cwd = folderOf({ 'a/Dockerfile': PIP });
    symlinkSync('nowhere', join(cwd, 'Dockerfile'));
    const { code, out } = runCli(['lint', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(out).files).toHaveLength(1);
  });
});

describe('standard input', () => {
  it('waits for a writer that takes its time', async () => {
    const child = spawn(process.execPath, [CLI, 'fix', '-'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (text) => (out += text));
    const ended = new Promise((resolve) => child.once('close', resolve));
    const lines = PIP.split(/(?<=\n)/);
    for (const line of lines) await new Promise((resolve) => child.stdin.write(line, resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(out).toBe(PIP.replace('install', 'install --no-cache-dir'));
  });

  it('is refused when it is too large', () => {
    const { code, err } = runCli(['lint', '-'], { input: Buffer.alloc(6 * 1024 * 1024, 'x') });
    expect(code).toBe(2);
    expect(err).toContain('too large');
  });

  it('is empty: nothing is found', () => {
    expect(runCli(['lint', '-'], { input: '' })).toEqual({ code: 0, out: 'No findings in 1 file\n', err: '' });
  });
});

describe('output', () => {
  it.skipIf(process.platform !== 'linux')('says when the disk is full', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'lint', '-'], {
      input: PIP,
      stdio: ['pipe', full, 'pipe'],
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toBe('error: standard output: no space left on the device\n');
  });

  it('lets no control character of a file through to the terminal', () => {
    const { out } = runCli(['lint', '-'], { input: 'FROM debian:12\nRUN sudo ls \u001b]0;title\u0007 \u202e\n' });
    expect(out).toContain('RUN sudo ls');
    for (const control of ['\u001b', '\u0007', '\u202e']) expect(out).not.toContain(control);
  });

  it('offers the same paths for a shell', () => {
    const cwd = folderOf({ 'it is/Dockerfile': PIP });
    expect(runCli(['lint', 'it is'], { cwd }).out).toContain("optimize 'it is'\n");
  });
});

describe('paths', () => {
  it('does a file once, however often and by whatever name it is given', () => {
    const cwd = folderOf({ Dockerfile: PIP });
    const { out } = runCli(['lint', 'Dockerfile', './Dockerfile', '.', join(cwd, 'Dockerfile'), '--format', 'json'], {
      cwd,
    });
    expect(JSON.parse(out).files.map((file: { path: string }) => file.path)).toEqual(['Dockerfile']);
  });

  it('names files in a diff from the current folder', () => {
    const cwd = folderOf({ 'a/Dockerfile': PIP });
    const { out } = runCli(['fix', '--diff', join(cwd, 'a/Dockerfile')], { cwd });
    expect(out.split('\n').slice(0, 2)).toEqual(['--- a/a/Dockerfile', '+++ b/a/Dockerfile']);
  });

  it('gives a diff of several files that git applies', () => {
    const cwd = folderOf({ Dockerfile: PIP, 'b/app.Dockerfile': `${PIP.trimEnd()}` });
    const { out } = runCli(['fix', '--diff'], { cwd });
    const applied = spawnSync('git', ['apply', '-'], { cwd, input: out, encoding: 'utf8' });
    expect(applied.stderr).toBe('');
    expect(readFileSync(join(cwd, 'b/app.Dockerfile'), 'utf8')).toContain('--no-cache-dir');
    expect(runCli(['fix', '--diff'], { cwd })).toEqual({ code: 0, out: '', err: '' });
  });
});

describe('writing', () => {
  it.skipIf(isWindows)('says what could not be written, and writes the others', () => {
    const cwd = folderOf({ 'b/Dockerfile': PIP });
    // The name of the temporary file beside it is longer than a name may be.
    const long = `${'x'.repeat(244)}.Dockerfile`;
    mkdirSync(join(cwd, 'a'));
    writeFileSync(join(cwd, 'a', long), PIP);
    const { code, out, err } = runCli(['fix', '--write'], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: a\/x+\.Dockerfile: not written: .*\n$/);
    expect(out).not.toContain('xxx');
    expect(out).toContain('b/Dockerfile: written');
    expect(readFileSync(join(cwd, 'a', long), 'utf8')).toBe(PIP);
    expect(readFileSync(join(cwd, 'b/Dockerfile'), 'utf8')).toContain('--no-cache-dir');
  });
});

describe('options of other commands', () => {
  it.each([
    [['lint', '--write'], '--write works with fix, optimize, format, init and migrate, not with lint'],
    [['lint', '--unsafe'], '--unsafe works with fix, not with lint'],
    [['rules', '--diff'], '--diff works with fix, optimize and format, not with rules'],
    [['fix', '--fail-on', 'error'], '--fail-on works with lint and measure, not with fix'],
    [['optimize', '--format', 'github'], '--format github works with lint, not with optimize'],
    [['rules', 'no-root-user'], 'explain'],
  ])('%j is wrong usage: it would have no effect', (args, message) => {
    const { code, out, err } = runCli(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});
