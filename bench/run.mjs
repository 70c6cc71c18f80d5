/**
 * npm run bench: the speed and size figures, each with its reference, in one run on one machine.
 * Ratios can be compared between machines; milliseconds cannot. With `-- --table` it writes docs/performance.md; with
 * `-- --only engine|server|folder|linters|sizes` it measures one group.
 */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { findBrowser } from '../scripts/browser.mjs';
import { installDependencies, root } from '../scripts/dependencies.mjs';
import { packageExtension } from '../scripts/package.mjs';
import { installCodeServer } from '../scripts/vscode/codeServer.mjs';
import { runInCodeServer } from '../test/e2e/runCodeServer.mjs';
import { makeDockerfile } from './dockerfiles.mjs';
import { kilobytes, megabytes, ms, ratio, within } from './figures.mjs';
import { measureFolder } from './folder.mjs';
import { keystrokes } from './keystrokes.mjs';
import { installPeers, PEER_NAMES } from './peers.mjs';
import { performancePage } from './performancePage.mjs';
import { measureRealFiles } from './realFiles.mjs';

const [ENGINE, SERVER, FOLDER, LINTERS, SIZE] = [
  'Engine',
  'Language server',
  'A folder of Dockerfiles',
  'Beside other linters',
  'Sizes',
];
const GROUPS = {
  engine: engineRows,
  server: serverRows,
  folder: folderRows,
  linters: linterRows,
  sizes: sizeRows,
};
const { values: chosen } = parseArgs({ options: { table: { type: 'boolean' }, only: { type: 'string' } } });
if (chosen.only !== undefined && (chosen.table || !Object.hasOwn(GROUPS, chosen.only))) {
  console.error(`--only ${Object.keys(GROUPS).join('|')}, and no --table with it: the page is of one whole run`);
  process.exit(2);
}

installDependencies();
/** @type {{ group: string, what: string, figure: string, goal: string, holds: boolean }[]} */
const rows = [];
const peers = installPeers();
const { file: vsix, size } = packageExtension();
for (const [name, measure] of Object.entries(GROUPS)) if (name === (chosen.only ?? name)) await measure();
for (const { what, figure, goal, holds } of rows)
  console.log(`${holds ? '✓' : '✗'} ${what.padEnd(72)} ${figure.padStart(22)}   ${goal}`);
if (chosen.table) writeFileSync(join(root, 'docs/performance.md'), performancePage(rows));

/** Adds a figure, with a goal that it has to reach or for information only. */
function row(group, what, figure, goal = '', holds = true) {
  rows.push({ group, what, figure, goal, holds });
}

async function engineRows() {
  const outfile = join(root, '.cache/bench/engine.mjs');
  await build({
    stdin: {
      contents: `export { createAnalyzer } from './server/src/analyzer';
export { createPlan } from './server/src/optimizer/createPlan';
export { DockerfileParser } from 'dockerfile-ast';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const { createAnalyzer, createPlan, DockerfileParser } = await import(pathToFileURL(outfile).href);
  const [short, long] = [makeDockerfile(100), makeDockerfile(2000)];
  const engine = createAnalyzer();
  let typed = 0;
  const middle = long.indexOf('curl -fsSL', long.length / 2);
  const [bare, warm, full, edit, plan] = medians([
    () => DockerfileParser.parse(long).getInstructions(),
    () => engine.lint(short),
    () => createAnalyzer().lint(long),
    () => engine.lint(`${long.slice(0, middle)}${'x'.repeat(++typed % 5)}${long.slice(middle)}`),
    () => createPlan(engine, short, { level: 'recommended' }),
  ]);
  const [longPlan] = medians([() => createPlan(engine, long, { level: 'recommended' })], 3);
  const parse = { value: bare, name: 'bare parse of 2,000 lines' };
  row(ENGINE, '100 lines, all rules, warm', ...within(warm, 0.32, parse));
  row(ENGINE, '2,000 lines, all rules / bare dockerfile-ast parse', ratio(full, bare), '≤ 2.5', full / bare <= 2.5);
  row(ENGINE, '2,000 lines after one typed character / bare parse', ratio(edit, bare), '≤ 1.5', edit / bare <= 1.5);
  row(ENGINE, 'plan of a 100-line file', ...within(plan, 3.2, parse));
  row(ENGINE, 'plan of a 2,000-line file', ...within(longPlan, 128, parse));
}

async function serverRows() {
  const ours = join(root, 'dist/server.js');
  // The first start after installation has no compiled code yet.
  await keystrokes({ server: ours, text: makeDockerfile(300), pulls: true });
  for (const [lines, mostOfKey, mostOfStart] of [
    [300, 2.26, 1.69],
    [2000, 0.9, 1.18],
  ]) {
    const text = makeDockerfile(lines);
    const typed = await keystrokes({ server: ours, text, pulls: true });
    const theirs = await keystrokes({ server: peers.languageServer, text, pulls: false });
    const file = `${lines.toLocaleString('en')} lines`;
    row(SERVER, `${file}: key to diagnostics, p50`, ms(typed.p50), '≤ that of the peer', typed.p50 <= theirs.p50);
    const key = { value: theirs.p50, name: 'p50 of the peer' };
    row(SERVER, `${file}: key to diagnostics, p95`, ...within(typed.p95, mostOfKey, key));
    row(SERVER, `${file}: key to diagnostics, at most`, ms(typed.max));
    row(
      SERVER,
      `${file}: the same of ${PEER_NAMES.languageServer}`,
      [theirs.p50, theirs.p95, theirs.max].map(ms).join(' / '),
    );
    const start = { value: theirs.first, name: 'that of the peer' };
    row(SERVER, `${file}: start of the process to first diagnostics`, ...within(typed.first, mostOfStart, start));
    row(SERVER, `${file}: the same of ${PEER_NAMES.languageServer}`, ms(theirs.first));
    if (typed.idleBytes === undefined) continue;
    row(SERVER, `${file}: memory when idle`, megabytes(typed.idleBytes), '≤ 80 MB', typed.idleBytes <= 80_000_000);
    row(SERVER, `${file}: the same of ${PEER_NAMES.languageServer}`, megabytes(theirs.idleBytes));
  }
  await activationRow();
}

async function folderRows() {
  await measureFolder({ peers, row: (...figures) => row(FOLDER, ...figures) });
}

async function linterRows() {
  await measureRealFiles({ peers, row: (...figures) => row(LINTERS, ...figures) });
}

/**
 * Time from the first open Dockerfile of a session, which activates the extension, to its findings, in a real VS Code.
 */
async function activationRow() {
  const { path: browserPath, problem } = findBrowser();
  const reason = problem ?? installCodeServer();
  if (reason) {
    console.log(`- skipped: activation in VS Code: ${reason}`);
    return;
  }
  const { lines } = await runInCodeServer({ vsix, browserPath });
  const [, ...times] = /first findings after (\d+) ms, .* after (\d+) ms/.exec(lines.join('\n')) ?? [];
  const [ours, smallest] = times.map(Number);
  const other = { value: smallest, name: 'the row below' };
  row(SERVER, 'activation to first findings in VS Code (code-server)', ...within(ours, 1.49, other));
  row(SERVER, 'the same of an extension that only says one finding', ms(smallest));
}

function sizeRows() {
  row(SIZE, 'VSIX', kilobytes(size), '≤ 2048 KB', size <= 2048 * 1024);
  row(SIZE, 'language server in a browser', kilobytes(bytesOf(/^server\.web\.js$/)));
  row(SIZE, 'language server in Node.js', kilobytes(bytesOf(/^(?:server|languageServer)\.js$/)));
  row(SIZE, 'command line', kilobytes(bytesOf(/^(?:cli|commandLine)\.js$/)));
}

/** The size of the bundles whose name matches. */
function bytesOf(name) {
  const files = readdirSync(join(root, 'dist')).filter((file) => name.test(file));
  return files.reduce((sum, file) => sum + statSync(join(root, 'dist', file)).size, 0);
}

/** The median time of each work, after three runs that do not count. They take turns: other load slows all of them. */
function medians(works, runs = 21) {
  const times = works.map(() => []);
  for (let run = -3; run < runs; run++)
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      work();
      if (run >= 0) times[index].push(performance.now() - start);
    }
  return times.map((taken) => taken.sort((a, b) => a - b)[runs >> 1]);
}
