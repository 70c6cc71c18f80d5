import { spawnSync } from 'node:child_process';
import { linkSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLI } from '../helpers/builtPrograms';
import { folderOf, runCli } from '../helpers/cliProcess';

const PIP = 'FROM python:3.11-slim\nRUN pip install a==1\nUSER 1000\n';
const PIP_FIXED = PIP.replace('install', 'install --no-cache-dir');

/** Does something in the middle of a write, when the new text is in a file. */
const IN_THE_MIDDLE = `const fs = require('node:fs');
const { fsyncSync, writeSync } = fs;
let count = 0;
fs.fsyncSync = (file) => { fsyncSync(file); if (process.env.SIGNAL) process.kill(process.pid, process.env.SIGNAL); };
fs.writeSync = (file, bytes, ...rest) => {
  if (process.env.FAILS && count++ === 1) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  return writeSync(file, process.env.FAILS && count === 1 ? bytes.subarray(0, 30) : bytes, rest[0], process.env.FAILS && count === 1 ? 30 : rest[1], rest[2]);
};
`;

function fixInTheMiddle(cwd: string, env: Readonly<Record<string, string>>) {
  const args = ['--require', join(cwd, 'middle.cjs'), CLI, 'fix', '--write', 'a', 'b'];
  return spawnSync(process.execPath, args, { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
}

describe('a file that is written', () => {
  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'is whole when %s comes, which ends the run',
    (signal) => {
      const cwd = folderOf({ 'a/Dockerfile': PIP, 'b/Dockerfile': PIP, 'middle.cjs': IN_THE_MIDDLE });
      const result = fixInTheMiddle(cwd, { SIGNAL: signal });
      expect({ signal: result.signal, err: result.stderr }).toEqual({ signal, err: '' });
      expect(readdirSync(join(cwd, 'a'))).toEqual(['Dockerfile']);
      expect(readFileSync(join(cwd, 'a/Dockerfile'), 'utf8')).toBe(PIP_FIXED);
      expect(readFileSync(join(cwd, 'b/Dockerfile'), 'utf8')).toBe(PIP);
    },
  );

  it('keeps its other names', () => {
    const cwd = folderOf({ Dockerfile: `${PIP}# a comment that the fixed file is shorter without\n` });
    linkSync(join(cwd, 'Dockerfile'), join(cwd, 'other'));
    const { ino } = statSync(join(cwd, 'Dockerfile'));
    expect(runCli(['fix', '--write', 'Dockerfile'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'other'), 'utf8')).toContain('--no-cache-dir');
    expect(statSync(join(cwd, 'Dockerfile'))).toMatchObject({ ino, nlink: 2 });
    expect(readdirSync(cwd).sort()).toEqual(['Dockerfile', 'other']);
  });

  it('of several names has its old text after a failure', () => {
    const cwd = folderOf({ 'a/Dockerfile': PIP, 'b/Dockerfile': PIP, 'middle.cjs': IN_THE_MIDDLE });
    linkSync(join(cwd, 'a/Dockerfile'), join(cwd, 'a/other'));
    const { status, stderr } = fixInTheMiddle(cwd, { FAILS: '1' });
    expect(status).toBe(2);
    expect(stderr).toContain('not written: ');
    expect(readFileSync(join(cwd, 'a/other'), 'utf8')).toBe(PIP);
    expect(readFileSync(join(cwd, 'b/Dockerfile'), 'utf8')).toBe(PIP_FIXED);
  });
});
