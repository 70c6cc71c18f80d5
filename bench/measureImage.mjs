/**
 * node bench/measureImage.mjs <image.tar> [--runs 5]
 * How long `measure` takes to read a saved image (`docker save -o image.tar <image>`) out of a pipe, beside `tar -t` over the
 * same layers out of a pipe, one after the other; and the most memory that it takes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const [archive] = positionals;
const cli = resolve(import.meta.dirname, '../dist/cli.js');
if (!archive || !existsSync(archive) || !existsSync(cli)) {
  console.error('node bench/measureImage.mjs <image.tar>, after npm run build');
  process.exit(2);
}
const PEAK = 'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';
const folder = mkdtempSync(join(tmpdir(), 'measure-image-'));
try {
  spawnSync('tar', ['-xf', archive, '-C', folder]);
  const [{ Layers: names }] = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const layers = names.map((name) => join(folder, name));
  const bytes = layers.reduce((sum, layer) => sum + statSync(layer).size, 0);
  const times = { tar: [], measure: [] };
  let peak = 0;
  for (let run = 0; run < Number(values.runs); run++) {
    times.tar.push(timed(() => layers.map((layer) => pipe(layer, 'tar -t'))));
    times.measure.push(
      timed(() => {
        const { stderr } = pipe(archive, `${process.execPath} --import '${PEAK}' ${cli} measure --archive /dev/stdin`);
        peak = Math.max(peak, Number(/peak (\d+)/.exec(stderr)?.[1]) * 1024);
      }),
    );
  }
  const [tar, measure] = [median(times.tar), median(times.measure)];
  console.log(`${(bytes / 1e6).toFixed(0)} MB in ${layers.length} layers, median of ${values.runs}`);
  console.log(`tar -t ${tar.toFixed(2)} s, measure ${measure.toFixed(2)} s: ${(measure / tar).toFixed(2)} times`);
  console.log(`memory ${(peak / 1e6).toFixed(0)} MB at most`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pipe(file, command) {
  return spawnSync('sh', ['-c', `cat "$0" | ${command}`, file], { encoding: 'utf8', maxBuffer: 1024 ** 3 });
}

function timed(work) {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
