/**
 * npm run test:builds [-- --only <app,…>] [--level <level,…>] [--apps <folder>] [--table]
 * Builds the apps of test/builds/apps in a real Docker engine, unchanged and optimized, and checks that both behave the
 * same. --table writes the measurements to docs/benchmarks.md. Exits 1 if an optimized image does not build or behaves
 * differently.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { changeSource, listApps, workingCopy, writePlan } from './builds/app.mjs';
import { dockerEngine } from './builds/dockerEngine.mjs';
import { Image, isRoot } from './builds/image.mjs';
import { makeStandIns } from './builds/standIns.mjs';
import { writeTable } from './builds/table.mjs';
import { installDependencies } from './dependencies.mjs';
import { loadEngine } from './loadEngine.mjs';

const GROUPS = ['debian', 'python', 'node', 'go', 'java', 'ruby', 'gcc', 'nginx', 'distroless', 'misc'];

const { values } = parseArgs({
  options: {
    apps: { type: 'string' },
    only: { type: 'string' },
    level: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
});
installDependencies();
const { createAnalyzer, createPlan, LEVELS, readBuildContext } = await loadEngine();
const levels = values.level?.split(',') ?? LEVELS;
const only = values.only?.split(',');
const apps = listApps(values.apps).filter(({ name }) => !only || only.includes(name));
const groups = only ? [...new Set(apps.flatMap((app) => app.groups ?? GROUPS))] : GROUPS;
const { engine, reason } = dockerEngine(groups);
if (!engine) {
  console.log(`- skipped: ${apps.length} apps: ${reason}`);
  process.exit(0);
}

makeStandIns(engine, apps);
const analyzer = createAnalyzer();
const results = [];
let failed = 0;
for (const app of apps) {
  const result = { name: app.name, levels: {} };
  results.push(result);
  await attempt(result, 'before', app, undefined);
  for (const level of levels) await attempt(result, level, app, level);
  const best = join(app.folder, 'Dockerfile.best');
  if (existsSync(best)) await attempt(result, 'best', app, undefined, best);
}
if (values.table) writeTable(results, engine);
engine.stop();
const done = results.length - results.filter(({ before }) => before?.problem).length;
console.log(`\n${done} apps built, ${failed} of their images do not do the same`);
process.exit(failed > 0 ? 1 : 0);

async function attempt(result, kind, app, level, dockerfile) {
  if (kind !== 'before' && result.before.problem) return;
  const copy = workingCopy(app);
  if (level) writePlan(copy, planOf(copy, level));
  // If another level wrote the same files, it is measured already.
  const written = JSON.stringify([readFileSync(dockerfile ?? join(copy, 'Dockerfile'), 'utf8'), ignored(copy)]);
  const same = Object.values(result.levels).find((other) => level && other.written === written);
  const image = new Image(engine, `${app.name}:${kind}`);
  const found = same ?? (await measure(image, copy, app, dockerfile).catch((error) => ({ problem: error.message })));
  const measured = { problem: level && shortfall(level, { ...found, written }, app, result.before), ...found, written };
  if (level) result.levels[level] = measured;
  else result[kind] = measured;
  image.remove();
  if (measured.problem && level) failed++;
  const mark = measured.problem ? (level ? '✗' : '-') : '✓';
  const ratio = result.before.bytes && measured.bytes ? ` ${(measured.bytes / result.before.bytes).toFixed(3)}` : '';
  const figures =
    measured.problem ??
    `${(measured.bytes / 1e6).toFixed(1)} MB${ratio}, ${measured.layers} layers, rebuild ${(measured.rebuildMs / 1000).toFixed(1)} s, user ${isRoot(measured.user) ? 'root' : measured.user}`;
  console.log(`${mark} ${app.name} ${kind}: ${figures}`);
}

function planOf(copy, level) {
  const text = readFileSync(join(copy, 'Dockerfile'), 'utf8');
  return createPlan(analyzer, text, { level, buildContext: readBuildContext(copy), hasBuildKit: true });
}

function ignored(copy) {
  const path = join(copy, '.dockerignore');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Checks what a level promises in addition to the same behavior. */
function shortfall(level, { bytes, user = '', written }, { nonRoot }, before) {
  // `COPY .` copies the Dockerfile too, and COPY is longer than ADD.
  const larger = bytes - before.bytes - Math.max(0, written.length - before.written.length);
  if (larger > 0) return `${larger} bytes larger than before`;
  return level !== 'safe' && nonRoot && isRoot(user) ? 'runs as root' : undefined;
}

async function measure(image, copy, app, dockerfile) {
  const options = { ...(dockerfile ? { dockerfile } : {}), secrets: app.secrets ?? {}, buildArgs: app.buildArgs ?? {} };
  const buildMs = image.build(copy, options);
  const facts = image.inspect();
  const problem = await image.problem(app.checks);
  if (problem !== undefined) return { ...facts, problem };
  changeSource(copy, app);
  const rebuildMs = image.build(copy, options);
  const changed = await image.problem(app.checks);
  return {
    ...facts,
    buildMs,
    rebuildMs,
    ...(changed === undefined ? {} : { problem: `after a changed line: ${changed}` }),
  };
}
