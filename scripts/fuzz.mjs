/**
 * Looks for inputs that break the properties in test/fuzz/areas.ts: `npm run fuzz -- --seconds 600 [--area model]`.
 * Inputs that reach new code, according to V8's coverage, are kept and mutated further. A failing input is minimized
 * and saved to test/fuzz/cases/<area>, which `npm test` runs from then on.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { createRandom } from '../test/helpers/random.mjs';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, area: { type: 'string' }, seed: { type: 'string' } },
});
/** How many inputs run between two coverage queries, which take longer than most inputs. */
const BATCH = 25;
const MAX_CASES = 5;
const SLOW_MS = 3000;

const { AREAS, mutate } = await load();
const names = values.area === undefined ? Object.keys(AREAS) : values.area.split(',');
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const random = createRandom(seed);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
console.log(`seed ${seed}`);

let found = 0;
for (const name of names) found += await search(name, (Number(values.seconds) * 1000) / names.length);
process.exit(found > 0 ? 1 : 0);

async function load() {
  const outfile = join(root, '.cache/fuzz/areas.mjs');
  const contents = "export { AREAS } from './areas'; export { mutate } from './mutate';";
  await build({
    stdin: { contents, resolveDir: join(root, 'test/fuzz'), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
    // The host's readers of texts expect the other bundle format.
    banner: { js: 'const __filename = import.meta.filename;' },
  });
  return import(pathToFileURL(outfile).href);
}

async function search(name, milliseconds) {
  const { seeds, run } = AREAS[name];
  const corpus = [...seeds()];
  const reached = new Set();
  const messages = new Set();
  const end = performance.now() + milliseconds;
  let runs = 0;
  await newBlocks(reached);
  while (performance.now() < end && messages.size < MAX_CASES) {
    const batch = Array.from({ length: BATCH }, () => mutate(pick(corpus), pick(corpus), random));
    for (const input of batch) {
      runs++;
      const fault = await faultOf(run, input);
      if (fault === undefined || messages.has(kindOf(fault))) continue;
      messages.add(kindOf(fault));
      const small = await shrink(run, input, fault);
      keep(name, small, fault);
    }
    if ((await newBlocks(reached)) === 0) continue;
    // It is not known which of them reached the new code.
    corpus.push(...batch.filter(() => random(4) === 0));
  }
  console.log(`${name}: ${runs} inputs, ${reached.size} blocks, ${corpus.length} kept, ${messages.size} faults`);
  return messages.size;
}

function pick(list) {
  return list[random(list.length)] ?? '';
}

/** The number of blocks of our code that ran for the first time. */
async function newBlocks(reached) {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const before = reached.size;
  for (const { url, functions } of result) {
    if (!url.endsWith('/areas.mjs')) continue;
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges)
        if (count > 0) reached.add(startOffset * 2 ** 24 + endOffset);
    }
  }
  return reached.size - before;
}

async function faultOf(run, input) {
  const start = performance.now();
  try {
    await run(input);
  } catch (error) {
    return error instanceof Error ? error.message || error.name : String(error);
  }
  return performance.now() - start > SLOW_MS ? `took longer than ${SLOW_MS} ms` : undefined;
}

/** Faults that differ only in numbers and names count as one. */
function kindOf(fault) {
  return fault.replace(/[\d"'`].*/s, '').slice(0, 60);
}

/** Removes everything that the fault does not need, from halves down to single characters. */
async function shrink(run, input, fault) {
  let small = input;
  const end = performance.now() + 20_000;
  for (let size = small.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < small.length && performance.now() < end; ) {
      const shorter = small.slice(0, at) + small.slice(at + size);
      const other = await faultOf(run, shorter);
      if (other !== undefined && kindOf(other) === kindOf(fault)) small = shorter;
      else at += size;
    }
  }
  return small;
}

function keep(name, input, fault) {
  const folder = join(root, 'test/fuzz/cases', name);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, createHash('sha256').update(input).digest('hex').slice(0, 12));
  writeFileSync(file, input, isBytes(input) ? 'latin1' : 'utf8');
  console.log(`${name}: ${fault.slice(0, 300)}\n  ${JSON.stringify(input).slice(0, 300)}\n  ${file}`);
}

function isBytes(input) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not a byte.
  return !/[^\u0000-\u00ff]/.test(input);
}
