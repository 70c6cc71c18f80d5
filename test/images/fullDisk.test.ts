import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createCommandLineEngine } from '../../server/src/images/engines/commandLineEngine';
import { measureDockerfile, measureImage } from '../../server/src/images/measureDockerfile';
import { english, fakeEngine } from './fakeEngine';

const signal = new AbortController().signal;

/** A disk of 4 kB; undefined where none may be mounted. */
function smallDisk(options = ''): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=4k${options}`, 'full-disk', folder]);
  onTestFinished(() => {
    if (status === 0) spawnSync('umount', [folder]);
    rmdirSync(folder);
  });
  return status === 0 ? folder : undefined;
}

describe('a full disk', () => {
  const temporary = process.env['TMPDIR'];
  afterEach(() => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  });

  it('is told before anything is built, and nothing is left on it', async ({ skip }) => {
    const engine = fakeEngine('docker', {});
    const disk = smallDisk() ?? skip('only root may mount a small disk');
    writeFileSync(join(disk, 'full'), Buffer.alloc(4096));
    process.env['TMPDIR'] = disk;
    const outcome = await measureDockerfile(
      {
        text: 'FROM scratch\n',
        dockerfilePath: undefined,
        contextFolder: engine.folder,
        targetStage: undefined,
        buildArgs: new Map(),
        engine: { kind: 'docker', path: engine.program },
        buildOptions: [],
        localize: english,
        onOutput: () => {},
      },
      signal,
    );
    expect(outcome).toEqual({ ok: false, reason: 'No disk space left for temporary files' });
    expect(readdirSync(disk)).toEqual(['full']);
    expect(engine.calls().filter((call) => call.startsWith('build'))).toEqual([]);
  });

  it('is told where there is no place for a pipe, which buildah writes into', async ({ skip }) => {
    const { program, calls } = fakeEngine('buildah', {});
    const disk = smallDisk(',nr_inodes=1') ?? skip('only root may mount a small disk');
    process.env['TMPDIR'] = disk;
    const engine = createCommandLineEngine('buildah', program, english);
    const outcome = await measureImage(engine, { image: 'x', engine: 'buildah', localize: english }, { signal });
    expect(outcome).toEqual({ ok: false, reason: 'No disk space left for temporary files' });
    expect(readdirSync(disk)).toEqual([]);
    expect(calls()).toEqual([]);
  });
});
