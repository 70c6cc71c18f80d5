import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CLI } from '../helpers/builtPrograms';

const folder = mkdtempSync(join(tmpdir(), 'parity-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A hadolint that finds this in every file. */
function fakeHadolint(answer: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'hadolint'), `#!/bin/sh\ncat <<'END'\n${answer}\nEND\nexit 1\n`);
  chmodSync(join(bin, 'hadolint'), 0o755);
  return bin;
}

describe.skipIf(process.platform === 'win32')('npm run parity', () => {
  mkdirSync(join(folder, 'files'));
  writeFileSync(join(folder, 'files/Dockerfile'), 'FROM debian:12\nRUN true && \\\n  sudo ls\nEXPOSE 80\nUSER 1000\n');
  const run = (answer: string, ...args: string[]) =>
    execFileSync(
      process.execPath,
      [
        join(CLI, '../../scripts/parity.mjs'),
        join(folder, 'files'),
        '--only',
        'hadolint',
        '--tools',
        join(folder, 'none'),
        ...args,
      ],
      {
        encoding: 'utf8',
        env: { ...process.env, PATH: `${fakeHadolint(answer)}:${process.env['PATH']}` },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
  const finding = (code: string, line: number) => ({ code, line, column: 1, level: 'warning', message: code });

  it('holds the findings of a real tool against ours, by instruction', () => {
    const answer = JSON.stringify([
      finding('DL3004', 2),
      finding('DL3999', 3),
      finding('DL3998', 4),
      finding('DL3004', 0),
    ]);
    const { files, sums } = JSON.parse(run(answer, '--format', 'json'));
    const row = files[0].rows.find(({ line }: { line: number }) => line === 2);
    expect(row.text).toContain('RUN true');
    expect(row.found.ours.map(({ ids: [id] }: { ids: string[] }) => id)).toContain('no-sudo');
    expect(row.found.hadolint.map(({ ids: [id] }: { ids: string[] }) => id)).toEqual(['DL3004', 'DL3999']);
    expect(sums.hadolint).toMatchObject({ findings: 4, same: 2, other: 1, none: 1 });
  });
  it('prints a table, and goes on without an answer', () => {
    expect(run(JSON.stringify([finding('DL3004', 3)]), '--rules')).toMatch(/ {2}DL3004 +1 +0 +0 +1\n/);
    expect(run('no JSON')).toMatch(/hadolint +0 +0 +0 +0\n/);
  });
});
