/**
 * npm run test:builds [-- --only <app,…>] [--level <level,…>] [--apps <folder>] [--table]
 * Builds the apps of test/builds/apps in a real Docker engine, unchanged and optimized, and checks that both behave the
 * same, as `optimize --verify` does. --table writes the measurements to docs/benchmarks.md. Exits 1 if an optimized
 * image does not build or behaves differently.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listApps, verifyRequest, workingCopy } from './builds/app.mjs';
import { createdChange } from './builds/created.mjs';
import { engineFor } from './builds/engineFor.mjs';
import { writeTable } from './builds/table.mjs';
import { installDependencies } from './dependencies.mjs';
import { loadEngine } from './loadEngine.mjs';

/** The image of the file that `init` writes, at most, of that of `Dockerfile.best`. */
const CREATED_OF_BEST = 1.1;
/** The same of what `all` makes of `Dockerfile.half`. */
const HALF_OF_BEST = 1.05;
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
const product = await loadEngine();
const {
  changesOfPlan,
  ContextCopy,
  createAnalyzer,
  createPlan,
  findEngine,
  isRootUser,
  LEVELS,
  readBuildContext,
  Trial,
} = product;
const levels = values.level?.split(',') ?? LEVELS;
const only = values.only?.split(',');
const apps = listApps(values.apps).filter(({ name }) => !only || only.includes(name));
const groups = only ? [...new Set(apps.flatMap((app) => app.groups ?? GROUPS))] : GROUPS;
const engine = engineFor(apps, groups);
const signal = new AbortController().signal;
const found = await findEngine({ kind: 'docker' }, product.createLocalize(undefined), signal);
if (!found.ok) throw new Error(found.reason);
const analyzer = createAnalyzer();
const results = [];
let failed = 0;
for (const app of apps) results.push(await build(app));
if (values.table) writeTable(results, engine, isRootUser);
engine.stop();
const done = results.length - results.filter(({ before }) => before.problem).length;
console.log(`\n${done} apps built, ${failed} of their images do not do the same`);
process.exit(failed > 0 ? 1 : 0);

/** The figures of an app before, at each level and at its best. */
async function build(app) {
  const copy = workingCopy(app);
  const text = readFileSync(join(copy, 'Dockerfile'), 'utf8');
  const context = await ContextCopy.of(copy, signal);
  const trial = new Trial(found.value, context, verifyRequest(app, copy, text, product), signal);
  const result = { name: app.name, levels: {} };
  try {
    const started = await trial.start();
    const problem = started.ok ? trial.unproven : started.reason;
    if (problem) {
      result.before = { problem };
      report(app, 'before', result.before);
      return result;
    }
    await measureAll(trial, candidates(app, copy, text), app, result);
  } catch (error) {
    failed++;
    console.log(`✗ ${app.name}: ${error.message}`);
    result.before ??= { problem: error.message };
  } finally {
    await trial.remove();
    await context.remove();
  }
  return result;
}

/**
 * The changes of each level, the file as an expert would write it, and what becomes of a file that is half as good
 * (`Dockerfile.half`) and of none.
 */
function candidates(app, copy, text) {
  const buildContext = readBuildContext(copy);
  const planOf = (written, level) => createPlan(analyzer, written, { level, buildContext, hasBuildKit: true });
  const planned = levels.map((level) => {
    const plan = planOf(text, level);
    return { kind: level, level, changes: changesOfPlan(plan), longer: plan.after.length - text.length };
  });
  const created = app.created ? [{ kind: 'created', changes: [createdChange(app, copy, analyzer, product)] }] : [];
  const replacesProgram = planned.some(({ changes }) => changes.some((change) => change.replacesProgram));
  const written = (kind, after, files) => ({
    kind,
    changes: [{ id: kind, title: kind, text: after, files, replacesProgram }],
  });
  return [
    ...planned,
    ...of(app, 'best').map((best) => written('best', best, [])),
    ...of(app, 'half').map((half) => {
      const { after, files } = planOf(half, 'all');
      return written('half', after, files);
    }),
    ...created,
  ];
}

/** The text of an app's `Dockerfile.best` or `Dockerfile.half`, if it has one. */
function of({ folder }, kind) {
  const path = join(folder, `Dockerfile.${kind}`);
  return existsSync(path) ? [readFileSync(path, 'utf8')] : [];
}

async function measureAll(trial, all, app, result) {
  result.before = (await trial.result([])).before;
  report(app, 'before', result.before);
  for (const candidate of all) {
    const { kind, level, changes } = candidate;
    const [difference] = await trial.differences(changes);
    const facts = changes.length > 0 ? ((await trial.result(changes)).after ?? {}) : result.before;
    const problem = difference
      ? `${difference.text} ${difference.cause?.line ?? ''}`
      : shortfall(candidate, facts, app, result);
    const measured = problem ? { ...facts, problem } : facts;
    if (level) result.levels[level] = measured;
    else result[kind] = measured;
    if (problem && kind !== 'best') failed++;
    report(app, kind, measured, result.before);
  }
}

/** What is promised in addition to the same behavior. `COPY .` copies the Dockerfile too. */
function shortfall({ kind, level, longer }, { bytes, user = '' }, { nonRoot }, { before, best }) {
  const most = { created: CREATED_OF_BEST, half: HALF_OF_BEST }[kind];
  if (most) return best && bytes > most * best.bytes ? 'larger than the best file allows' : undefined;
  if (!level) return undefined;
  const larger = bytes - before.bytes - Math.max(0, longer);
  if (larger > 0) return `${larger} bytes larger than before`;
  return level !== 'safe' && nonRoot && isRootUser(user) ? 'runs as root' : undefined;
}

function report({ name }, kind, { problem, bytes, layers, rebuildMs, user }, before) {
  const isBefore = kind === 'before';
  const mark = problem ? (isBefore ? '-' : '✗') : '✓';
  const ratio = before?.bytes && bytes ? ` ${(bytes / before.bytes).toFixed(3)}` : '';
  const rebuild = rebuildMs === undefined ? '' : `, rebuild ${(rebuildMs / 1000).toFixed(1)} s`;
  const figures =
    problem ??
    `${(bytes / 1e6).toFixed(1)} MB${ratio}, ${layers} layers${rebuild}, user ${isRootUser(user) ? 'root' : user}`;
  console.log(`${mark} ${name} ${kind}: ${figures}`);
}
