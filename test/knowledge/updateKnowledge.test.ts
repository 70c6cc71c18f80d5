import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const platform = (name: string, bytes: number): string =>
  `### \`debian:12\` - ${name}\n\n-\tTotal Size: **1.0 MB (${bytes} bytes)**  \n-\tLayers:\n\t\tSize: 5 B (5 bytes)\n\n`;

let folder = '';
let target = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'repo-info-'));
  target = join(folder, 'sizes.json');
  mkdirSync(join(folder, 'repos/debian/remote'), { recursive: true });
  writeFileSync(
    join(folder, 'repos/debian/remote/12.md'),
    `## \`debian:12\`\n\n${platform('linux; arm variant v7', 1_000_000)}${platform('linux; amd64', 2_000_000)}${platform('unknown; unknown', 3_000_000)}`,
  );
  const env = { ...process.env, GIT_COMMITTER_DATE: '2026-08-05T12:00:00Z' };
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...who, 'commit', '-qm', 'sizes'],
  ]) {
    expect(spawnSync('git', ['-C', folder, ...args], { env }).status).toBe(0);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const update = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/update-knowledge.mjs', ...args], { encoding: 'utf8' });

describe('scripts/update-knowledge.mjs', () => {
  it('reads the size for linux/amd64 with its date and commit, and keeps what the clone lacks', () => {
    const kept = { bytes: 700_000, date: '2026-01', commit: '0123456789ab' };
    writeFileSync(target, JSON.stringify({ 'python:3.11': kept }));
    const { status, stderr } = update(folder, '--to', target, 'debian:12');
    expect(stderr).toBe('python:3.11: not in the clone for linux/amd64\n');
    expect(status).toBe(0);
    expect(JSON.parse(readFileSync(target, 'utf8'))).toEqual({
      'debian:12': { bytes: 2_000_000, date: '2026-08', commit: expect.stringMatching(/^[0-9a-f]{12}$/) },
      'python:3.11': kept,
    });
  });

  it('says how it is called when there is no clone', () => {
    const { status, stderr } = update(join(folder, 'missing'));
    expect(stderr).toContain('Usage: node scripts/update-knowledge.mjs');
    expect(status).toBe(2);
  });
});
