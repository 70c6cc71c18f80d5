import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { CLI } from '../helpers/builtPrograms';
import { folderOf, runCli } from '../helpers/cliProcess';

/** As many as one thread alone does not lint, some of which cannot be read or have a configuration with faults. */
function manyFiles(): string {
  const names = Array.from({ length: 230 }, (_, index) => `${Math.floor(index / 20)}/${index}`);
  return folderOf({
    ...Object.fromEntries(
      names.map((name, index) => [
        `${name}/Dockerfile`,
        `FROM debian:12-slim\nRUN pip install a${index}\nCMD ["date"]\n`,
      ]),
    ),
    '3/61/Dockerfile': Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
    '7/Dockerfile': '\uFEFFFROM python:3.12\nRUN cd /srv\n',
    '5/.dockerfile-optimizer.yaml': 'rules:\n  no-such-rule: off\n  pip-no-cache-dir: error\n',
    // With a baseline one thread does it all.
    'empty.json': '{ "version": 1, "files": {} }\n',
  });
}

it.each(['json', 'text', 'sarif'])('lints many files on threads, and prints %s as one thread does', (format) => {
  const cwd = manyFiles();
  const lint = ['lint', '.', '--format', format];
  const alone = runCli([...lint, '--baseline', 'empty.json'], { cwd });
  const shared = runCli(lint, { cwd });
  expect(shared.out).toBe(alone.out);
  expect(shared.out).toContain('a229');
  expect(shared.code).toBe(2);
  expect(alone.code).toBe(2);
  // Who comes by it first tells it, once.
  expect(shared.err.split('\n').sort()).toEqual(alone.err.split('\n').sort());
  expect(shared.err).toContain('no-such-rule');
});

it('lints all files where no thread can start', () => {
  const cwd = manyFiles();
  const program = folderOf({});
  // Threads are started from cli.js, which is not there.
  copyFileSync(CLI, join(program, 'other.js'));
  copyFileSync(join(dirname(CLI), 'commandLine.js'), join(program, 'commandLine.js'));
  const lint = ['lint', '.', '--format', 'json'];
  const { stdout, status } = spawnSync(process.execPath, [join(program, 'other.js'), ...lint], {
    cwd,
    encoding: 'utf8',
  });
  expect({ stdout, status }).toEqual({ stdout: runCli(lint, { cwd }).out, status: 2 });
});

it('does not take a thread of lint for a command', () => {
  const { code, out } = runCli(['lint-part', 'Dockerfile']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});
