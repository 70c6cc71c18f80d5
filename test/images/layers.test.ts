import { spawnSync } from 'node:child_process';
import { arch } from 'node:process';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageArchive } from '../../server/src/images/layers/imageArchive';
import { stackLayers } from '../../server/src/images/layers/stackLayers';
import { inParts, newDockerArchive, ociLayout, oldDockerArchive, pax, type TarPart, tar, tarPart } from './tarBytes';

const never = () => new AbortController().signal;
const own = arch === 'arm64' ? 'arm64' : 'amd64';

async function measured(archive: Buffer, partSize = 64 * 1024) {
  const image = await readImageArchive(inParts(archive, partSize), never());
  const stacked = stackLayers(image.files, image.layers);
  const { paths, bytes, layers, states } = stacked.files;
  const files = paths.map((path, index) => `${layers[index]} ${path} ${bytes[index]} ${'=rd'[states[index] ?? 0]}`);
  return { ...image, ...stacked, listed: files };
}

const stack = (...layers: readonly (readonly TarPart[])[]) =>
  measured(newDockerArchive({ layers: layers.map((parts) => tar(parts)) }));

const file = (path: string, bytes: number): TarPart => ({ path, data: Buffer.alloc(bytes, path) });

describe('archives', () => {
  const layers = [tar([file('etc/a', 10), file('etc/b', 20)]), tar([file('etc/b', 5), { path: 'etc/.wh.a' }])];
  const expected = ['0 etc/a 10 d', '0 etc/b 20 r', '1 etc/b 5 ='];
  const history = [{ created_by: 'RUN x', comment: 'buildkit.dockerfile.v0' }, { empty_layer: true }];

  it.each([
    ['an old docker archive', oldDockerArchive({ layers })],
    ['a docker archive of today', newDockerArchive({ layers })],
    ['an OCI layout', ociLayout([{ layers }])],
    ['gzip', ociLayout([{ layers: layers.map((layer) => gzipSync(layer)) }])],
  ])('are read: %s', async (_name, archive) => {
    for (const size of [1, 511, 4096, 1 << 20]) {
      const { listed } = await measured(archive, size);
      expect(listed).toEqual(expected);
    }
  });

  it.skipIf(spawnSync('zstd', ['--version']).status !== 0)('are read: zstd (needs the zstd program)', async () => {
    const noise = tar([
      { path: 'noise', data: Buffer.from(Array.from({ length: 500_000 }, (_, i) => (i * i * 31) >> 7)) },
    ]);
    for (const size of [1000, 64 * 1024]) {
      const zipped = [...layers, noise].map((input) => spawnSync('zstd', ['-c', '-q'], { input }).stdout);
      const { listed, compressedBytes } = await measured(ociLayout([{ layers: zipped }]), size);
      expect(listed).toEqual([...expected, '2 noise 500000 =']);
      expect(compressedBytes).toBe(zipped.reduce((sum, one) => sum + one.length, 0));
    }
  });

  it.skipIf(spawnSync('zstd', ['--version']).status !== 0)(
    'are read: zstd in several frames, as far as memory goes (needs the zstd program)',
    async () => {
      const [lower = Buffer.alloc(0), upper = Buffer.alloc(0)] = layers;
      const packed = (input: Buffer, ...options: string[]) =>
        spawnSync('zstd', ['-c', '-q', ...options], { input }).stdout;
      const skipped = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
      const inFrames = (...last: string[]) =>
        Buffer.concat([packed(lower.subarray(0, 700)), skipped, packed(lower.subarray(700), '--no-check', ...last)]);
      for (const size of [700, 64 * 1024]) {
        const { listed } = await measured(ociLayout([{ layers: [inFrames('--long=26'), packed(upper)] }]), size);
        expect(listed).toEqual(expected);
      }
      await expect(measured(ociLayout([{ layers: [inFrames('--long=27'), packed(upper)] }]))).rejects.toThrow(
        'A zstd layer needs 134217728 bytes of memory to unpack; the limit is 67108864',
      );
    },
  );

  it('tell platform, history and digests', async () => {
    const { config, compressedBytes } = await measured(
      oldDockerArchive({ layers, history, diffIds: ['sha256:a', 'sha256:b'] }),
    );
    expect(config).toEqual({
      platform: 'linux/amd64',
      diffIds: ['sha256:a', 'sha256:b'],
      history: [
        { createdBy: 'RUN x', comment: 'buildkit.dockerfile.v0', isEmpty: false },
        { createdBy: '', comment: '', isEmpty: true },
      ],
    });
    expect(compressedBytes).toBeUndefined();
  });

  it('hold layers twice', async () => {
    const twice = [layers[0] ?? Buffer.alloc(0), layers[1] ?? Buffer.alloc(0), layers[0] ?? Buffer.alloc(0)];
    for (const archive of [oldDockerArchive({ layers: twice }), newDockerArchive({ layers: twice })]) {
      const { listed } = await measured(archive);
      expect(listed).toEqual([...expected.slice(0, 2), '1 etc/b 5 r', '2 etc/a 10 =', '2 etc/b 20 =']);
    }
  });

  it('of several platforms give that of this machine', async () => {
    const other = { layers: [tar([file('other', 1)])], architecture: 's390x' };
    const mine = { layers: [tar([file('mine', 1)])], architecture: own };
    expect((await measured(ociLayout([other, mine]))).listed).toEqual(['0 mine 1 =']);
    expect((await measured(ociLayout([other]))).config.platform).toBe('linux/s390x');
  });

  it('may have layers without anything', async () => {
    expect((await stack([], [file('a', 1)], [])).layers.map(({ bytes }) => bytes)).toEqual([0, 1, 0]);
  });

  it.each([
    ['nothing', Buffer.alloc(0), /neither a Docker archive nor an OCI layout/],
    ['text', Buffer.from('no such image\n'.repeat(100)), /wrong checksum/],
    ['an end in the middle', newDockerArchive({ layers }).subarray(0, 3000), /is truncated/],
    [
      'a broken manifest',
      tar([{ path: 'manifest.json', data: '[{' }]),
      /manifest.json in the archive is not valid JSON/,
    ],
    ['no layer', tar([{ path: 'manifest.json', data: '[{"Config":"c","Layers":["gone"]}]' }]), /layer gone is not in/],
    ['gzip that is cut off', ociLayout([{ layers: [gzipSync(layers[0] ?? '').subarray(0, 60)] }]), /layer is damaged/],
    ['gzip that is none', ociLayout([{ layers: [Buffer.from([0x1f, 0x8b, ...Array(600).fill(7)])] }]), /damaged/],
    [
      'zstd that is none',
      ociLayout([{ layers: [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...Array(600).fill(255)])] }]),
      /damaged/,
    ],
    [
      'a layer in a layer that ends early',
      newDockerArchive({ layers: [tarPart(file('x', 3000)).subarray(0, 1024)] }),
      /truncated/,
    ],
  ])('that are damaged are told: %s', async (_name, archive, message) => {
    await expect(measured(archive)).rejects.toThrow(message);
  });

  it('stop when it is cancelled', async () => {
    const controller = new AbortController();
    const endless = async function* () {
      yield tarPart({ path: 'big', size: 1e12 });
      for (let count = 0; ; count++) {
        if (count === 3) controller.abort();
        yield Buffer.alloc(1000);
      }
    };
    await expect(readImageArchive(Readable.from(endless()), controller.signal)).rejects.toThrow(/abort/);
  });
});

describe('tar', () => {
  const listedOf = async (parts: readonly TarPart[]) => (await stack(parts)).listed;
  const long = `${'d'.repeat(90)}/${'e'.repeat(120)}/ü`;

  it('has long names: ustar, GNU and pax', async () => {
    const [folder = '', ...rest] = long.split('/');
    expect(await listedOf([{ path: 'x', prefix: folder, data: 'a' }])).toEqual([`0 ${folder}/x 1 =`]);
    expect(rest).toHaveLength(2);
    const gnu = { path: '././@LongLink', type: 'L', data: `${long}\0`, magic: 'ustar  \0' };
    expect(await listedOf([gnu, { path: 'cut', data: 'a', magic: 'ustar  \0' }, { path: 'y' }])).toEqual([
      `0 ${long} 1 =`,
      '0 y 0 =',
    ]);
    expect(await listedOf([pax({ path: long, comment: 'a=b\nc' }), { path: 'cut', data: 'a' }, { path: 'y' }])).toEqual(
      [`0 ${long} 1 =`, '0 y 0 ='],
    );
    expect(
      await listedOf([pax({ uid: '7' }, 'g'), { path: './/a/./b/', data: '' }, { path: '/c', data: '1' }]),
    ).toEqual(['0 c 1 =']);
  });

  it('has sizes in octal, in binary and in pax headers', async () => {
    const binary = (header: Buffer): void => {
      header.fill(0, 124, 136);
      header[124] = 0x80;
      header[135] = 5;
    };
    expect(await listedOf([{ path: 'a', data: '12345', patch: binary }])).toEqual(['0 a 5 =']);
    expect(await listedOf([{ path: 'a', data: '12345', size: '     5 ' }])).toEqual(['0 a 5 =']);
    expect(await listedOf([pax({ size: '5' }), { path: 'a', data: '12345', size: 0 }, { path: 'b' }])).toEqual([
      '0 a 5 =',
      '0 b 0 =',
    ]);
  });

  it('has sparse files, which take what they are unpacked', async () => {
    const old = (isLonger: boolean) => (header: Buffer) => {
      header.write('00000010000\0', 483);
      header[482] = isLonger ? 1 : 0;
    };
    const gnu = { path: 'old', type: 'S', data: 'abc', magic: 'ustar  \0' };
    expect(await listedOf([{ ...gnu, patch: old(false) }, { path: 'y' }])).toEqual(['0 old 4096 =', '0 y 0 =']);
    const [header, data] = [tarPart({ ...gnu, patch: old(true) }), Buffer.alloc(512)];
    const [more, last] = [Buffer.alloc(512), Buffer.alloc(512)];
    more[504] = 1;
    const layer = Buffer.concat([header.subarray(0, 512), more, last, header.subarray(512), data, data]);
    expect((await measured(newDockerArchive({ layers: [layer] }))).listed).toEqual(['0 old 4096 =']);
    const records = { 'GNU.sparse.name': 'new', 'GNU.sparse.realsize': '4096', 'GNU.sparse.major': '1' };
    expect(await listedOf([pax(records), { path: 'GNUSparseFile.0/new', data: 'abc' }])).toEqual(['0 new 4096 =']);
  });

  it('has links, devices and folders, which take nothing', async () => {
    const parts = [
      { path: 'dir/', type: '5' },
      file('dir/a', 10),
      { path: 'hard', type: '1', link: 'dir/a', size: 10 },
      { path: 'soft', type: '2', link: '/dir/a' },
      { path: 'null', type: '3' },
      file('z', 1),
    ];
    expect(await listedOf(parts)).toEqual(['0 dir/a 10 =', '0 hard 0 =', '0 soft 0 =', '0 null 0 =', '0 z 1 =']);
  });

  it.each([
    ['sizes that lie', [{ path: 'a', data: 'x', size: 1e9 }], /is truncated/],
    [
      'sizes beyond all disks',
      [{ path: 'a', patch: (header: Buffer) => void header.fill(0xff, 124, 136) }],
      /size is not a number/,
    ],
    ['sizes that are no number', [{ path: 'a', size: '12x45' }], /size is not a number/],
    ['sizes of pax that are no number', [pax({ size: '-1' }), { path: 'a' }], /size is not a number/],
    ['pax headers that lie', [{ path: 'p', type: 'x', data: '99 path=a\n' }], /extended header cannot be read/],
    ['endless names', [{ path: 'l', type: 'L', data: '', size: 1e9 }], /1000000000 bytes/],
    ['long paths', [pax({ path: 'a/'.repeat(3000) }), { path: 'a' }], /longer than 4096 bytes/],
    ['paths that leave the image', [{ path: 'a/../../etc/passwd' }], /is outside the image/],
  ])('%s end in a clear error', async (_name, parts, message) => {
    await expect(stack(parts)).rejects.toThrow(message);
  });

  it('with millions of entries ends in a clear error', async () => {
    const block = tarPart({ path: 'a' });
    const some = Buffer.concat(Array.from({ length: 4096 }, () => block));
    const endless = async function* () {
      yield tarPart({ path: 'blob', size: 1e12 });
      for (;;) yield some;
    };
    await expect(readImageArchive(Readable.from(endless()), never())).rejects.toThrow('More than 500000 files');
  });

  it('with ever deeper paths ends in a clear error and little memory', async () => {
    const before = process.memoryUsage();
    const endless = async function* () {
      yield tarPart({ path: 'blob', size: 1e12 });
      for (let count = 0; ; count++) {
        const path = Array.from({ length: 400 }, (_, index) => `${count}x${index}`).join('/');
        yield Buffer.concat([tarPart(pax({ path })), tarPart({ path: 'a' })]);
      }
    };
    await expect(readImageArchive(Readable.from(endless()), never())).rejects.toThrow(
      /More than 750000 paths|Names of more/,
    );
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(150e6);
  });
});

describe('layers on top of each other', () => {
  it('count what is replaced where it lies and who replaces it', async () => {
    const { layers, listed } = await stack([file('a', 100), file('b', 50)], [file('a', 70), file('c', 1)]);
    expect(listed).toEqual(['0 a 100 r', '0 b 50 =', '1 a 70 =', '1 c 1 =']);
    expect(layers[0]).toMatchObject({ bytes: 150, wastedBytes: 100, overwrittenBytes: 0, fileCount: 2 });
    expect(layers[1]).toMatchObject({ bytes: 71, wastedBytes: 0, overwrittenBytes: 70, deletedBytes: 0, fileCount: 2 });
  });

  it('count what whiteouts delete, whole folders too', async () => {
    const { layers, listed } = await stack(
      [file('d/e/a', 100), file('d/b', 50), file('c', 1)],
      [{ path: 'd/.wh.e' }, { path: '.wh.c' }, { path: '.wh.not-there' }],
    );
    expect(listed).toEqual(['0 d/e/a 100 d', '0 d/b 50 =', '0 c 1 d']);
    expect(layers[0]?.wastedBytes).toBe(101);
    expect(layers[1]).toMatchObject({ bytes: 0, deletedBytes: 101, fileCount: 0 });
  });

  it('keep what the layer of an opaque whiteout itself holds, wherever it stands', async () => {
    const { listed } = await stack(
      [file('d/a', 1), file('d/e/b', 2), file('x', 3)],
      [file('d/a', 4), { path: 'd/.wh..wh..opq' }, file('d/c', 5), { path: '.wh..wh.plnk' }],
    );
    expect(listed).toEqual(['0 d/a 1 d', '0 d/e/b 2 d', '0 x 3 =', '1 d/a 4 =', '1 d/c 5 =']);
  });

  it('lose what is below a folder that becomes a file, and a file that becomes a folder', async () => {
    const { listed } = await stack(
      [file('d/a', 1), file('f', 2)],
      [{ path: 'd', type: '2', link: 'f' }, { path: 'f/', type: '5' }, file('f/x', 3)],
    );
    expect(listed).toEqual(['0 d/a 1 d', '0 f 2 r', '1 d 0 =', '1 f/x 3 =']);
  });

  it('lose the bytes of a file with its last name', async () => {
    const base = [file('a', 100), { path: 'b', type: '1', link: 'a' }];
    const one = await stack(base, [{ path: '.wh.a' }]);
    expect(one.listed).toEqual(['0 a 0 d', '0 b 100 =']);
    expect(one.layers.map(({ wastedBytes }) => wastedBytes)).toEqual([0, 0]);
    const both = await stack(base, [{ path: '.wh.a' }], [file('b', 1)]);
    expect(both.layers.map(({ wastedBytes }) => wastedBytes)).toEqual([100, 0, 0]);
  });

  it('count a path that one layer has twice as wasted there', async () => {
    const { layers } = await stack([file('a', 100), file('a', 7)]);
    expect(layers[0]).toMatchObject({ bytes: 107, wastedBytes: 100, overwrittenBytes: 0 });
  });

  it('have copies of one content in several of them', async () => {
    const data = Buffer.alloc(5000, 'x');
    const { duplicates, files } = await stack(
      [
        { path: 'a', data },
        { path: 'same-layer', data: Buffer.alloc(6000) },
        { path: 'same-layer-2', data: Buffer.alloc(6000) },
      ],
      [
        { path: 'b', data },
        { path: 'gone', data },
        { path: 'c', data: Buffer.alloc(5000, 'y') },
      ],
      [{ path: '.wh.gone' }],
    );
    expect(duplicates.map(({ bytes, files: copies }) => [bytes, copies.map((index) => files.paths[index])])).toEqual([
      [5000, ['a', 'b']],
    ]);
  });

  it('have no copies where start, middle or end differ', async () => {
    const changed = (at: number) => {
      const data = Buffer.alloc(100_000, 'x');
      data[at] = 0;
      return { path: `${at}`, data };
    };
    const { duplicates } = await stack(
      [changed(0)],
      [changed(50_000)],
      [changed(99_999)],
      [{ path: 'a', data: Buffer.alloc(100_000, 'x') }],
    );
    expect(duplicates).toEqual([]);
  });

  it('list the largest files where there are too many', async () => {
    const layer = tar([file('a', 3), file('b', 1), file('c', 9), file('d', 1), file('e', 1)]);
    const image = await readImageArchive(inParts(newDockerArchive({ layers: [layer] }), 512), never());
    const { files } = stackLayers(image.files, image.layers, 3);
    expect(files.paths).toEqual(['a', 'b', 'c']);
    expect(files.leftOut).toEqual({ files: 2, bytes: 2 });
  });

  it('tell caches of package managers', async () => {
    const { layers } = await stack(
      [
        file('var/lib/apt/lists/x_main', 100),
        file('var/lib/apt/lists/partial/y', 5),
        file('root/.cache/pip/http/1', 7),
      ],
      [file('home/app/.npm/_cacache/a', 3), file('go/pkg/mod/cache/download/z', 2), file('app/.npm-not/_cacache', 9)],
    );
    expect(layers.map(({ caches }) => caches)).toEqual([
      [
        { kind: 'apt lists', path: 'var/lib/apt/lists', bytes: 105 },
        { kind: 'pip cache', path: 'root/.cache/pip', bytes: 7 },
      ],
      [
        { kind: 'npm cache', path: 'home/app/.npm/_cacache', bytes: 3 },
        { kind: 'Go modules', path: 'go/pkg/mod', bytes: 2 },
      ],
    ]);
  });

  it('are what a plain reading of the specification makes of them', async () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    const entry = fc.oneof(
      { weight: 5, arbitrary: fc.tuple(fc.constant('file' as const), path, fc.nat(2000)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('whiteout' as const), path, fc.constant(0)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('opaque' as const), path, fc.constant(0)) },
    );
    const layer = fc.uniqueArray(entry, { selector: ([kind, at]) => `${kind} ${at}`, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(layer, { maxLength: 5 }), async (layers) => {
        const result = await stack(...layers.map((entries) => entries.map(toPart)));
        const plain = plainStack(layers);
        expect(result.layers.map((one) => one.wastedBytes)).toEqual(plain.wasted);
        const alive = result.files.paths.filter((_, index) => result.files.states[index] === 0);
        expect(alive.sort()).toEqual([...plain.alive].sort());
        const total = result.files.bytes.reduce((sum, bytes) => sum + bytes, 0);
        expect(total).toBe(result.layers.reduce((sum, { bytes }) => sum + bytes, 0));
      }),
      { numRuns: 40 },
    );
  });
});

type Entry = readonly ['file' | 'whiteout' | 'opaque', string, number];

function toPart([kind, path, bytes]: Entry): TarPart {
  if (kind === 'file') return file(path, bytes);
  if (kind === 'opaque') return { path: `${path}/.wh..wh..opq` };
  return { path: path.replace(/[^/]+$/, '.wh.$&') };
}

/** Slow and simple: a map of paths. */
function plainStack(layers: readonly (readonly Entry[])[]) {
  const wasted = layers.map(() => 0);
  const alive = new Map<string, { layer: number; bytes: number }>();
  const remove = (matches: (path: string) => boolean): void => {
    for (const [path, { layer, bytes }] of [...alive]) {
      if (!matches(path)) continue;
      wasted[layer] = (wasted[layer] ?? 0) + bytes;
      alive.delete(path);
    }
  };
  layers.forEach((entries, layer) => {
    for (const [kind, path] of entries) {
      if (kind === 'whiteout') remove((one) => one === path || one.startsWith(`${path}/`));
      if (kind === 'opaque') remove((one) => one.startsWith(`${path}/`));
    }
    for (const [kind, path, bytes] of entries) {
      if (kind !== 'file') continue;
      remove((one) => one === path || one.startsWith(`${path}/`));
      alive.set(path, { layer, bytes });
    }
  });
  return { wasted, alive: alive.keys() };
}
