/**
 * node bench/measureImage.mjs [image.tar] [--pairs 5]
 * Times how `measure` reads a saved image (`docker save -o image.tar <image>`; without one, makes 1 GB in 33,000 files)
 * against `tar -t` over the same layers, one after the other: as a file, where both skip contents, and from a pipe.
 * Processor time is user and system time of the reader only, also shown without the start of the command line.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { pairs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const cli = resolve(import.meta.dirname, '../dist/cli.js');
if (!existsSync(cli)) {
  console.error('npm run build comes first');
  process.exit(2);
}
const PEAK = 'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';
const COUNTED = 'TIMEFORMAT="counted %R %U %S"; ';
const folder = mkdtempSync(join(tmpdir(), 'measure-image-'));
try {
  const archive = positionals[0] ?? makeImage(join(folder, 'image.tar'));
  spawnSync('tar', ['-xf', archive, '-C', folder]);
  const [{ Layers: names }] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const layers = names.map((name) => join(folder, name));
  const bytes = layers.reduce((sum, layer) => sum + statSync(layer).size, 0);
  console.log(`${(bytes / 1e6).toFixed(0)} MB in ${layers.length} layers, median of ${values.pairs} pairs`);
  let peak = 0;
  const measure = (run, path) => {
    const { stderr, ...spent } = run(
      `${process.execPath} --import '${PEAK}' ${cli} measure --archive ${path}`,
      archive,
    );
    peak = Math.max(peak, Number(/peak (\d+)/.exec(stderr)?.[1]) * 1024);
    return spent;
  };
  for (const [name, run, path] of [
    ['file', fromFile, '"$0"'],
    ['pipe', fromPipe, '/dev/stdin'],
  ]) {
    const [tar, own, start] = [[], [], []];
    for (let pair = 0; pair < Number(values.pairs); pair++) {
      tar.push(layers.map((layer) => run(name === 'file' ? 'tar -tf "$0"' : 'tar -t', layer)).reduce(added));
      own.push(measure(run, path));
      start.push(fromFile(`${process.execPath} ${cli} --version`, ''));
    }
    for (const figure of ['wall', 'cpu']) {
      const [a, b, c] = [tar, own, start].map((list) => median(list.map((spent) => spent[figure])));
      console.log(
        `${name}, ${figure}: tar -t ${a.toFixed(2)} s, measure ${b.toFixed(2)} s: ${(b / a).toFixed(2)} times, ${((b - c) / a).toFixed(2)} without start`,
      );
    }
  }
  console.log(`memory ${(peak / 1e6).toFixed(0)} MB at most`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function fromFile(command, file) {
  return counted(`${COUNTED} time ${command} >/dev/null`, file);
}

/** The process that feeds the pipe is not counted. */
function fromPipe(command, file) {
  return counted(`${COUNTED} cat "$0" | { time ${command} >/dev/null; }`, file);
}

function counted(script, file) {
  const { stderr } = spawnSync('bash', ['-c', script, file], { encoding: 'utf8' });
  const [wall, user, system] = /counted (\S+) (\S+) (\S+)/.exec(stderr)?.slice(1).map(Number) ?? [];
  return { wall, cpu: user + system, stderr };
}

function added(a, b) {
  return { wall: a.wall + b.wall, cpu: a.cpu + b.cpu };
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Many small files and a few large ones, as in real images: one percent of the 33,000 files has half of all bytes. */
function makeImage(path) {
  const file = openSync(path, 'w');
  const noise = Buffer.alloc(1 << 20, 'The quick brown fox jumps over the lazy dog. ');
  const entry = (name, size) => {
    const header = Buffer.alloc(512);
    header.write(name);
    header.write('0000644', 100);
    header.write(size.toString(8).padStart(11, '0'), 124);
    header.write('        0ustar\u000000', 148);
    header.write(
      `${header
        .reduce((sum, byte) => sum + byte)
        .toString(8)
        .padStart(6, '0')}\0 `,
      148,
    );
    return header;
  };
  const fill = (size) => {
    for (let left = Math.ceil(size / 512) * 512; left > 0; left -= noise.length)
      writeSync(file, noise.subarray(0, Math.min(left, noise.length)));
  };
  const text = (name, content) => {
    writeSync(file, entry(name, Buffer.byteLength(content)));
    writeSync(file, Buffer.concat([Buffer.from(content), Buffer.alloc(512 - (Buffer.byteLength(content) % 512))]));
  };
  const blobs = [0, 1, 2].map((layer) => `${layer}/layer.tar`);
  for (const [layer, name] of blobs.entries()) {
    const sizes = Array.from({ length: 11_000 }, (_, index) =>
      index % 100 === 0 ? 1_500_000 : (index * 7919) % 30_000,
    );
    writeSync(
      file,
      entry(
        name,
        sizes.reduce((sum, size) => sum + 512 + Math.ceil(size / 512) * 512, 1024),
      ),
    );
    for (const [index, size] of sizes.entries()) {
      writeSync(file, entry(`usr/lib/package-${index >> 6}/part-${(index >> 3) & 7}/${layer}-${index}.so`, size));
      fill(size);
    }
    fill(1024);
  }
  const history = blobs.map((name) => ({ created_by: `COPY ${name} /` }));
  const rootfs = { type: 'layers', diff_ids: blobs.map((name) => `sha256:${name}`) };
  text('config.json', JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs, history }));
  text('manifest.json', JSON.stringify([{ Config: 'config.json', RepoTags: ['bench:1'], Layers: blobs }]));
  fill(1024);
  closeSync(file);
  return path;
}
