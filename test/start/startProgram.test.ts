import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as zlib from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { CLI } from '../helpers/builtPrograms';

/** A copy of the command line, which no other test starts. */
function copyOfCli() {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['cli.js', 'commandLine.js']) copyFileSync(join(dirname(CLI), name), join(folder, name));
  const compiled = join(folder, 'compiled');
  return {
    compiled,
    program: join(folder, 'commandLine.js'),
    /** The file of the kept code; there is one at most. */
    kept() {
      const names = existsSync(compiled) ? readdirSync(compiled) : [];
      expect(names.length).toBeLessThan(2);
      return names[0] === undefined ? undefined : join(compiled, names[0]);
    },
    lint(env: NodeJS.ProcessEnv = {}, flags: readonly string[] = []) {
      const { status, signal, stdout, stderr } = spawnSync(
        process.execPath,
        [...flags, join(folder, 'cli.js'), 'lint', '--rule', 'no-root-user=error', '-'],
        {
          input: 'FROM debian:12-slim\nCMD ["date"]\n',
          encoding: 'utf8',
          env: { ...process.env, CI: undefined, NODE_OPTIONS: undefined, LC_ALL: 'C', ...env },
        },
      );
      expect({ status, signal, stderr }).toEqual({ status: 1, signal: null, stderr: '' });
      return stdout;
    },
  };
}

// What a version has not is not tried: Node.js 20.15 is the first to have what damage is found with.
const cannotKeep = !('crc32' in zlib);

it.skipIf(cannotKeep)('keeps compiled code, and uses it', () => {
  const cli = copyOfCli();
  const first = cli.lint();
  expect(first).toContain('[no-root-user]');
  const path = cli.kept() ?? '';
  const { mtimeMs, ino } = statSync(path);
  expect(cli.lint()).toBe(first);
  expect(statSync(path)).toMatchObject({ mtimeMs, ino });
});

it.skipIf(cannotKeep).each([
  ['is empty', () => Buffer.alloc(0)],
  ['is cut off', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  ['is damaged', (whole: Buffer) => flipped(whole, whole.length / 2)],
  ['is damaged at its start', (whole: Buffer) => flipped(whole, 12)],
  ['is something else', () => Buffer.from('x'.repeat(4000))],
])('does without kept code that %s, and replaces it', (_, change) => {
  const cli = copyOfCli();
  const first = cli.lint();
  const path = cli.kept() ?? '';
  const whole = readFileSync(path);
  writeFileSync(path, change(whole));
  expect(cli.lint()).toBe(first);
  // It may be another one by a few bytes, for V8 compiles some of it beside the program's work.
  expect(readFileSync(path).length).toBeGreaterThan(whole.length * 0.8);
  expect(cli.lint()).toBe(first);
});

it('does not use the code of another program, even one of the same length', () => {
  const cli = copyOfCli();
  expect(cli.lint()).toContain('runs as root');
  const text = readFileSync(cli.program, 'utf8');
  writeFileSync(cli.program, text.replaceAll('runs as root', 'walks a root'));
  expect(cli.lint()).toContain('walks a root');
});

it('runs where nothing can be kept', () => {
  const cli = copyOfCli();
  writeFileSync(cli.compiled, 'a file where the folder would be');
  expect(cli.lint()).toContain('[no-root-user]');
  expect(readFileSync(cli.compiled, 'utf8')).toBe('a file where the folder would be');
});

it.each([
  ['in CI', { CI: 'true' }, []],
  ['with other flags', {}, ['--no-opt']],
  ['with other flags in the environment', { NODE_OPTIONS: '--max-old-space-size=2000' }, []],
  ['where the user wants none', { NODE_DISABLE_COMPILE_CACHE: '1' }, []],
])('keeps nothing %s', (_, env, flags) => {
  const cli = copyOfCli();
  expect(cli.lint(env, flags)).toContain('[no-root-user]');
  expect(cli.kept()).toBeUndefined();
});

function flipped(whole: Buffer, at: number): Buffer {
  const bytes = Buffer.from(whole);
  bytes.writeUInt8(bytes.readUInt8(Math.floor(at)) ^ 0xff, Math.floor(at));
  return bytes;
}
