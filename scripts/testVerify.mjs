/**
 * npm run test:verify [-- --only <app,…>] [--kinds <word,…>] [--alarms <times>]
 * Plants changes that break an image among the steps of plans, and checks that a verification in a real Docker engine
 * drops exactly these; --kinds takes words of their names. Exits 1 if it drops another step, or finds fewer than 95 of 100. With --alarms, verifies the plans
 * of all apps without plants so many times: each difference is a false alarm. Exits 1 if there is one.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listApps, verifyRequest, workingCopy } from './builds/app.mjs';
import { engineFor } from './builds/engineFor.mjs';
import { PLANTED_APPS, PLANTS, planted } from './builds/plants.mjs';
import { installDependencies } from './dependencies.mjs';
import { loadEngine } from './loadEngine.mjs';

const PLANT = 'planted';
const WANTED = 0.95;

const { values } = parseArgs({
  options: { only: { type: 'string' }, kinds: { type: 'string' }, alarms: { type: 'string' } },
});
installDependencies();
const product = await loadEngine();
const { changesOfPlan, ContextCopy, createAnalyzer, createPlan, findEngine, readBuildContext, Trial, verifyChanges } =
  product;
const candidates = listApps().filter(({ name }) => values.alarms || Object.hasOwn(PLANTED_APPS, name));
const apps = candidates.filter(({ name }) => values.only?.split(',').includes(name) ?? true);
const engine = engineFor(apps, [...new Set(apps.flatMap(({ groups }) => groups))]);
const analyzer = createAnalyzer();
if (values.alarms) await countAlarms(Number(values.alarms));
const counts = { found: 0, missed: 0, wrong: 0, builds: 0 };
for (const app of apps) {
  const usable = Object.entries(PLANTS).filter(([, { needs }]) => !needs || PLANTED_APPS[app.name].includes(needs));
  for (const [index, [kind, plant]] of usable.entries())
    if (values.kinds?.split(',').some((word) => kind.includes(word)) ?? true) await look(app, kind, plant, index);
}
engine.stop();
const tried = counts.found + counts.missed + counts.wrong;
console.log(
  `\n${counts.found} of ${tried} found, ${counts.missed} missed, ${counts.wrong} with another step dropped; ${(counts.builds / counts.found).toFixed(1)} builds each`,
);
process.exit(counts.wrong === 0 && counts.found >= WANTED * tried ? 0 : 1);

/** Each app before the next round: what a busy machine does to one does not hit all of its runs. */
async function countAlarms(times) {
  const { signal } = new AbortController();
  const counts = { good: 0, alarms: 0, unproven: 0 };
  for (let round = 1; round <= times; round++) {
    for (const app of apps) {
      const copy = workingCopy(app);
      const text = readFileSync(join(copy, 'Dockerfile'), 'utf8');
      const request = verifyRequest(app, copy, text, product);
      const found = await findEngine(request.engine, request.localize, signal);
      const context = await ContextCopy.of(copy, signal);
      const trial = new Trial(found.value, context, request, signal);
      try {
        const started = await trial.start();
        // What cannot be built or started as it is says nothing of the plan.
        const differences = started.reason
          ? []
          : await trial.differences(withPlant(copy, text, undefined, 0, new Set([PLANT])));
        const unproven = started.reason ?? trial.unproven;
        const verdict = differences.length > 0 ? 'alarms' : unproven ? 'unproven' : 'good';
        counts[verdict]++;
        const why = differences.map(({ text: what, before, after }) =>
          [what, before, after].filter(Boolean).join(' | '),
        );
        console.log(
          `${verdict === 'good' ? '✓' : '✗'} ${app.name}, round ${round}: ${[...why, unproven ?? ''].join('; ')}`,
        );
      } finally {
        await trial.remove();
        await context.remove();
      }
    }
  }
  engine.stop();
  console.log(`\n${counts.good} proven, ${counts.alarms} false alarms, ${counts.unproven} not proven`);
  process.exit(counts.alarms === 0 ? 0 : 1);
}

async function look(app, kind, plant, index) {
  const copy = workingCopy(app);
  const text = readFileSync(join(copy, 'Dockerfile'), 'utf8');
  const started = performance.now();
  const outcome = await verifyChanges(
    {
      ...verifyRequest(app, copy, text, product),
      propose: (without) => withPlant(copy, text, plant, index, without),
    },
    new AbortController().signal,
  );
  const { steps = [], builds = 0, unproven } = outcome.value?.verification ?? {};
  const dropped = steps.filter(({ state }) => state === 'dropped');
  const verdict = dropped.length === 0 ? 'missed' : dropped.every(({ id }) => id === PLANT) ? 'found' : 'wrong';
  counts[verdict]++;
  if (verdict === 'found') counts.builds += builds;
  const why = dropped.map(({ id, differences: [first] }) => `${id}: ${first?.text}`).join('; ');
  const seconds = Math.round((performance.now() - started) / 1000);
  const effort = `${steps.length} steps, ${builds} builds, ${seconds} s`;
  console.log(
    `${verdict === 'found' ? '✓' : '✗'} ${app.name}, ${kind}, ${effort}: ${outcome.reason ?? unproven ?? (why || 'nothing dropped')}`,
  );
}

/** The steps of a plan with the plant among them, in another place each time. */
function withPlant(copy, text, plant, index, without) {
  const plan = createPlan(analyzer, text, {
    level: 'recommended',
    buildContext: readBuildContext(copy),
    hasBuildKit: true,
    without,
  });
  const changes = changesOfPlan(plan);
  if (without.has(PLANT)) return changes;
  const least = plant.isForUsers ? changes.findIndex(({ id }) => id === 'no-root-user') + 1 : 0;
  const at = Math.max(least, (index * 7) % (changes.length + 1));
  const before = changes.slice(0, at);
  const base = before.at(-1) ?? { text, files: [] };
  return [
    ...before,
    { ...base, id: PLANT, title: 'Planted', text: planted(base.text, plant) },
    ...changes.slice(at).map((change) => ({ ...change, text: planted(change.text, plant) })),
  ];
}
