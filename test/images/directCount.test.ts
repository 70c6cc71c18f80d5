import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageArchive } from '../../server/src/images/layers/imageArchive';
import { stackLayers } from '../../server/src/images/layers/stackLayers';
import { folderOf } from '../helpers/cliProcess';
import { inParts, newDockerArchive, oldDockerArchive, type TarPart, tar } from './tarBytes';

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('wasted bytes (needs python3)', () => {
  it('are those that another program counts', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const entry = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(path, fc.nat(9000)).map(([at, size]) => ({ path: at, data: Buffer.alloc(size) })),
      },
      { weight: 2, arbitrary: fc.tuple(path, path).map(([at, link]) => ({ path: at, type: '1', link })) },
      { weight: 1, arbitrary: path.map((at) => ({ path: `${at}/`, type: '5' })) },
      { weight: 1, arbitrary: path.map((at) => ({ path: at.replace(/[^/]+$/, '.wh.$&') })) },
      { weight: 1, arbitrary: path.map((at) => ({ path: `${at}/.wh..wh..opq` })) },
    );
    const layer: fc.Arbitrary<TarPart[]> = fc.uniqueArray(entry, { selector: (one) => one.path, maxLength: 40 });
    const images = fc.sample(fc.array(layer, { minLength: 2, maxLength: 8 }), { numRuns: 12, seed: 7 });
    for (const [index, layers] of images.entries()) {
      const image = { layers: layers.map((parts) => tar(parts)) };
      const archive = index % 2 === 0 ? newDockerArchive(image) : oldDockerArchive(image);
      const folder = folderOf({ 'image.tar': archive });
      const script = join(import.meta.dirname, 'countWaste.py');
      const counted = spawnSync('python3', [script, join(folder, 'image.tar')], { encoding: 'utf8' });
      const { files, layers: ranges } = await readImageArchive(inParts(archive, 4096), new AbortController().signal);
      const figures = stackLayers(files, ranges).layers;
      const sum = (figure: 'bytes' | 'wastedBytes') => figures.reduce((total, one) => total + one[figure], 0);
      expect(`${sum('bytes')} ${sum('wastedBytes')}\n`, counted.stderr).toBe(counted.stdout);
    }
  });
});
