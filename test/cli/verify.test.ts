import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';
import { fakeEngine } from '../images/fakeEngine';

const DOCKERFILE = 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y curl\nCMD ["curl"]\n';
const IMAGE = {
  Size: 1,
  Os: 'linux',
  Architecture: process.arch === 'x64' ? 'amd64' : process.arch,
  Config: {},
  RootFS: { Layers: [] },
};

function engineThatEndsWith(exitCode: number) {
  const state = JSON.stringify({ Running: false, ExitCode: exitCode });
  return fakeEngine('docker', {
    image: `echo '[${JSON.stringify(IMAGE)}]'`,
    inspect: `echo '${state}'`,
    logs: 'echo done; echo "no database" >&2',
  });
}

describe.skipIf(process.platform === 'win32')('optimize --verify', () => {
  it('writes what is proven', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { program } = engineThatEndsWith(0);
    const { out, code } = runCli(['optimize', 'Dockerfile', '--verify', '--write', '--engine', program], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('Exits with code 0 after the same output (1 lines)');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toContain('--no-install-recommends');
  });

  it('writes nothing that is not proven', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { program } = engineThatEndsWith(1);
    const { out, err, code } = runCli(['optimize', 'Dockerfile', '--verify', '--write', '--engine', program], { cwd });
    expect(code).toBe(2);
    expect(out).toContain('The original image exits with code 1: no database');
    expect(err).toContain('Not written, because the behavior is not proven');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(DOCKERFILE);
  });

  it('prints a page to save', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { program } = engineThatEndsWith(0);
    const { out, code } = runCli(['optimize', '--verify', '--format', 'html', '--engine', program], { cwd });
    expect(code).toBe(0);
    expect(out).toMatch(/^<!DOCTYPE html>/i);
    expect(out).toContain('"kind":"verify","name":"Dockerfile"');
    const { err, code: without } = runCli(['optimize', '--format', 'html'], { cwd });
    expect(without).toBe(2);
    expect(err).toContain('--format html works with lint, scan and measure, not with optimize');
  });

  it('builds without the files that the ignore file beside the Dockerfile excludes', () => {
    const cwd = folderOf({ 'api.Dockerfile': DOCKERFILE, 'api.Dockerfile.dockerignore': 'secret.txt\n' });
    const { program } = fakeEngine('docker', {
      build: `cp "$3.dockerignore" ${JSON.stringify(join(cwd, 'seen'))}`,
      image: `echo '[${JSON.stringify(IMAGE)}]'`,
      inspect: `echo '{"Running":false,"ExitCode":0}'`,
      logs: 'echo done',
    });
    expect(runCli(['optimize', 'api.Dockerfile', '--verify', '--engine', program], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'seen'), 'utf8')).toBe('secret.txt\n');
  });

  it('says that the engine died in the middle', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { program } = fakeEngine('docker', {
      image: `echo '[${JSON.stringify(IMAGE)}]'`,
      inspect: 'echo "Cannot connect to the Docker daemon. Is the docker daemon running?" >&2; exit 1',
    });
    const { out, err, code } = runCli(['optimize', '--verify', '--write', '--engine', program], { cwd });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('Dockerfile: could not be verified: docker does not respond\n');
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(DOCKERFILE);
  });

  it('says that an engine only builds, without a table of dashes', () => {
    const cwd = folderOf({ Dockerfile: DOCKERFILE });
    const { program } = fakeEngine('buildah', {});
    const { out, code } = runCli(['optimize', '--verify', '--engine', program], { cwd });
    expect(code).toBe(2);
    expect(out).toMatch(
      /behavior not proven: buildah can only build images\. Docker, podman and nerdctl also run them\nSteps:\n/,
    );
  });
});
