/**
 * npm run test:verify [-- --only <app,…>] [--plants <number>]
 * Plants changes that break an image among the steps of plans, and checks that a verification in a real Docker engine
 * drops exactly these. Exits 1 if it drops another step, or finds fewer than 95 of 100.
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

const { values } = parseArgs({ options: { only: { type: 'string' }, plants: { type: 'string' } } });
installDependencies();
const product = await loadEngine();
const { changesOfPlan, createAnalyzer, createPlan, readBuildContext, verifyChanges } = product;
const only = values.only?.split(',') ?? Object.keys(PLANTED_APPS);
const apps = listApps().filter(({ name }) => Object.hasOwn(PLANTED_APPS, name) && only.includes(name));
const engine = engineFor(apps, [...new Set(apps.flatMap(({ groups }) => groups))]);
const analyzer = createAnalyzer();
const counts = { found: 0, missed: 0, wrong: 0, builds: 0 };
for (const app of apps) {
  const usable = Object.entries(PLANTS).filter(([, { needs }]) => !needs || PLANTED_APPS[app.name].includes(needs));
  for (const [index, [kind, plant]] of usable.slice(0, Number(values.plants ?? usable.length)).entries())
    await look(app, kind, plant, index);
}
engine.stop();
const tried = counts.found + counts.missed + counts.wrong;
console.log(
  `\n${counts.found} of ${tried} found, ${counts.missed} missed, ${counts.wrong} with another step dropped; ${(counts.builds / counts.found).toFixed(1)} builds each`,
);
process.exit(counts.wrong === 0 && counts.found >= WANTED * tried ? 0 : 1);

async function look(app, kind, plant, index) {
  const copy = workingCopy(app);
  const text = readFileSync(join(copy, 'Dockerfile'), 'utf8');
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
  console.log(
    `${verdict === 'found' ? '✓' : '✗'} ${app.name}, ${kind}: ${outcome.reason ?? unproven ?? (why || 'nothing dropped')}`,
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
  const at = (index * 7) % (changes.length + 1);
  const before = changes.slice(0, at);
  const base = before.at(-1) ?? { text, files: [] };
  return [
    ...before,
    { ...base, id: PLANT, title: 'Planted', text: planted(base.text, plant) },
    ...changes.slice(at).map((change) => ({ ...change, text: planted(change.text, plant) })),
  ];
}
