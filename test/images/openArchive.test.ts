import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readImageArchive } from '../../server/src/images/layers/imageArchive';
import { openArchive } from '../../server/src/images/layers/openArchive';
import { stackLayers } from '../../server/src/images/layers/stackLayers';
import { measureFile } from '../../server/src/images/measureDockerfile';
import { english } from './fakeEngine';
import { newDockerArchive, type TarPart, tar } from './tarBytes';

const never = () => new AbortController().signal;

/** Larger than what is read at once, so that the file's contents are passed over. */
function noise(seed: number, size = 1_000_003): Buffer {
  return Buffer.from(
    Uint32Array.from({ length: Math.ceil(size / 4) }, (_, i) => Math.imul(i + seed, 2654435761)).buffer,
  );
}

const same = noise(1);
const late = Buffer.from(same);
late[late.length - 1] = (late.at(-1) ?? 0) ^ 1;
const lower: readonly TarPart[] = [
  { path: 'a', data: same },
  { path: 'small', data: 'x' },
  { path: 'gone', data: noise(2) },
];
const upper: readonly TarPart[] = [{ path: 'b', data: same }, { path: 'c', data: late }, { path: '.wh.gone' }];
const archive = newDockerArchive({ layers: [tar(lower), tar(upper)] });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'open-archive-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function measured(path: string) {
  const opened = await openArchive(path, never());
  try {
    const image = await readImageArchive(opened, never());
    const { files, duplicates } = stackLayers(image.files, image.layers);
    return { paths: files.paths, bytes: files.bytes, states: files.states, duplicates };
  } finally {
    opened.close();
  }
}

const expected = {
  paths: ['a', 'small', 'gone', 'b', 'c'],
  bytes: [same.length, 1, same.length, same.length, same.length],
  states: [0, 0, 2, 0, 0],
  duplicates: [{ bytes: same.length, files: [0, 3] }],
};

describe('a saved image', () => {
  it('is read out of a file, whose contents are passed over', async () => {
    const path = join(folder(), 'image.tar');
    writeFileSync(path, archive);
    expect(await measured(path)).toEqual(expected);
  });

  it('that is cut off in what is passed over ends in a clear error', async () => {
    const path = join(folder(), 'image.tar');
    writeFileSync(path, archive.subarray(0, 700_000));
    const outcome = await measureFile(path, { image: path, engine: '', localize: english }, never());
    expect(outcome).toEqual({ ok: false, reason: 'A tar file is truncated' });
  });

  it.skipIf(process.platform === 'win32')('is read out of a pipe', async () => {
    const at = folder();
    const [path, pipe] = [join(at, 'image.tar'), join(at, 'pipe')];
    writeFileSync(path, archive);
    spawnSync('mkfifo', [pipe]);
    spawn('sh', ['-c', 'cat "$0" >"$1"', path, pipe]);
    expect(await measured(pipe)).toEqual(expected);
  });

  it.skipIf(process.platform === 'win32')('that does not come can be cancelled', async () => {
    const pipe = join(folder(), 'pipe');
    spawnSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', 'exec 3>"$0"; echo; exec sleep 60', pipe], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void writer.kill('SIGKILL'));
    const controller = new AbortController();
    writer.stdout.once('data', () => controller.abort());
    const outcome = await measureFile(pipe, { image: pipe, engine: '', localize: english }, controller.signal);
    expect(outcome).toMatchObject({ ok: false, isCancelled: true });
  });
});
