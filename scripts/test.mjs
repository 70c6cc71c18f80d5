/**
 * Runs everything that can be tested on this machine, one stage after the other. Reports what it skips and why, and
 * prints `N passed, N failed` last. `--only check,unit,package,npm,publish,hooks,web,vscode,builds,engines` runs some
 * of the stages; `--node 20|22|24` runs the unit tests and the npm package, or the stages in `--only`, with that
 * version of Node.js.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { installDebianPackages } from './debianPackages.mjs';
import { installDependencies, root } from './dependencies.mjs';
import { runWithNode } from './otherNode.mjs';
import { capture, run } from './process.mjs';
import { installTrivy } from './realTrivy.mjs';

const STAGES = { check, unit, package: packaged, npm, publish: published, hooks, web, vscode, builds, engines };
/** From test/builds/apps: one compiled, one with system packages; `npm run test:builds` builds all. */
const BUILT_APPS = ['c-cmake-shared', 'python-flask-cext'];
const counts = { passed: 0, failed: 0, skipped: 0 };
/** Listed again at the end: their details have scrolled away by then. */
const failures = [];
let vsix;

const nodeAt = process.argv.indexOf('--node');
if (nodeAt >= 0) {
  const rest = process.argv.slice(2).filter((_, at) => at + 2 !== nodeAt && at + 2 !== nodeAt + 1);
  const stages = rest.includes('--only') ? rest : ['--only', 'unit,npm', ...rest];
  process.exit(runWithNode(process.argv[nodeAt + 1], [import.meta.filename, ...stages]));
}
const only = process.argv[process.argv.indexOf('--only') + 1]?.split(',');
const wanted = process.argv.includes('--only') ? only : Object.keys(STAGES);
const unknown = (wanted ?? []).filter((name) => !Object.hasOwn(STAGES, name));
if (!wanted || unknown.length > 0) {
  console.error(`--only takes ${Object.keys(STAGES).join(', ')}`);
  process.exit(2);
}

try {
  installDependencies();
  console.log(`Node.js ${process.version}`);
  for (const name of wanted) {
    console.log(`\n== ${name}`);
    try {
      await STAGES[name]();
    } catch (error) {
      fail(`${name}: ${error.message}`);
    }
  }
} catch (error) {
  fail(error.message);
}
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((what) => `✗ ${what}`).join('\n')}`);
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exit(counts.failed > 0 ? 1 : 0);

function pass(what) {
  counts.passed++;
  console.log(`✓ ${what}`);
}

function fail(what) {
  counts.failed++;
  failures.push(what.split('\n', 1)[0]);
  console.log(`✗ ${what}`);
}

function skip(what, reason, count = 1) {
  counts.skipped += count;
  console.log(`- skipped: ${what}: ${reason}`);
}

function bin(name) {
  return join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

function checkThat(what, command, args) {
  try {
    const env = { ...process.env, SOURCE_DATE_EPOCH: '1748736000', NO_COLOR: '1', FORCE_COLOR: undefined };
    const told = capture(command, args, { cwd: root, env, shell: process.platform === 'win32' });
    pass(what);
    return told;
  } catch (error) {
    fail(`${what}\n${error.message}`);
    return '';
  }
}

function check() {
  // It lists texts without a Japanese translation, which is not a failure.
  const told = checkThat('generated files are in step', 'node', ['scripts/generate.mjs', '--check']);
  if (told.trim() !== '') console.log(`- ${told.trim()}`);
  checkThat('types', bin('tsc'), ['-b']);
  checkThat('format and lint', bin('biome'), ['ci', '--colors=off', '--error-on-warnings', '.']);
  checkThat('no pattern takes time out of proportion', 'node', ['scripts/checkPatterns.mjs']);
  checkThat('no unused files, exports or dependencies', bin('knip'), ['--no-progress']);
}

function unit() {
  // Tests that start these programs report when they are skipped.
  const programs = { ShellCheck: ['shellcheck'], 'A real registry': ['docker-registry', 'apache2-utils', 'openssl'] };
  for (const [what, packages] of Object.entries(programs)) {
    const problem = installDebianPackages(packages);
    if (problem) console.log(`${what} ${problem}`);
  }
  const noTrivy = installTrivy();
  if (noTrivy) console.log(`A real Trivy: ${noTrivy}`);
  const report = join(root, '.cache/vitest.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const colour = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };
  const code = run(bin('vitest'), ['run', ...reporters], {
    cwd: root,
    env: { ...process.env, ...colour },
    shell: process.platform === 'win32',
  });
  if (!existsSync(report)) throw new Error('vitest wrote no report');
  const { numPassedTests, numFailedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  counts.passed += numPassedTests;
  counts.failed += numFailedTests;
  console.log(`${numPassedTests} of ${numTotalTests} passed`);
  for (const { name, assertionResults } of testResults) {
    const named = (isWanted) => assertionResults.filter(({ status }) => isWanted(status)).map((test) => test.fullName);
    const file = relative(root, name);
    failures.push(...named((status) => status === 'failed').map((test) => `${file}: ${test}`));
    const left = named((status) => status !== 'passed' && status !== 'failed');
    const what = left.length > 1 ? `${left.length} tests` : left[0];
    if (what !== undefined) skip(what, `not on this machine, see ${file}`, left.length);
  }
  // A file that cannot be loaded has no tests to count.
  if (code !== 0 && numFailedTests === 0) throw new Error('vitest failed outside its tests');
}

async function packaged() {
  const { packageExtension } = await import('./package.mjs');
  const { file, size } = packageExtension();
  vsix = file;
  const bytes = readFileSync(file);
  pass(`VSIX of ${(size / 1024).toFixed(0)} KB with what is needed and nothing else`);
  // File times in a zip have a resolution of two seconds.
  await setTimeout(2100);
  if (bytes.equals(readFileSync(packageExtension().file))) pass('a second VSIX has the same bytes');
  else fail('a second VSIX has other bytes');
  const version = capture('node', ['dist/cli.js', '--version'], { cwd: root }).trim();
  if (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version === version)
    pass('the packaged command line starts');
  else fail(`the packaged command line says it is ${version}`);
}

async function npm() {
  const { packNpm } = await import('./packNpm.mjs');
  const { installAndRun } = await import('../test/npm/installAndRun.mjs');
  const { file, size, version } = packNpm();
  countChecks(`npm package of ${(size / 1024).toFixed(0)} KB`, await installAndRun({ tarball: file, version }));
}

/** Nothing leaves this machine: npm's own dry run, and a stand-in for the two marketplaces. */
async function published() {
  const { publish } = await import('./publish.mjs');
  for (const { name, holds, detail } of await publish({ isDryRun: true })) {
    const what = `a dry run publishes: ${name}`;
    if (holds) pass(what);
    else if (name === 'open-vsx' && /npm error code E(?!NOENT)/.test(detail)) skip(what, 'ovsx cannot be installed');
    else fail(`${what}: ${detail}`);
  }
}

async function hooks() {
  const { tryRepo } = await import('../test/hooks/tryRepo.mjs');
  const { checks, problem } = await tryRepo();
  if (problem) return skip('the hooks in pre-commit', problem);
  countChecks('pre-commit', checks);
}

async function web() {
  const { findBrowser } = await import('./browser.mjs');
  const { path, problem } = findBrowser();
  if (!path) return skip('the server and the reports in a browser', problem);
  if (!existsSync(join(root, 'dist/reportView.html'))) capture('node', ['scripts/build.mjs'], { cwd: root });
  const { runInWorker } = await import('../test/web/runInWorker.mjs');
  countChecks('in a worker', await runInWorker({ browserPath: path }));
  const { runReports } = await import('../test/web/runReports.mjs');
  countChecks('reports', await runReports({ browserPath: path }));
}

function countChecks(where, checks) {
  for (const { name, holds, detail } of checks) {
    if (holds) pass(`${where}: ${name}`);
    else fail(`${where}: ${name}: ${detail}`);
  }
}

async function vscode() {
  if (!vsix) ({ file: vsix } = (await import('./package.mjs')).packageExtension());
  const { findDesktop } = await import('./vscode/desktop.mjs');
  const { executable, problem: noDesktop } = await findDesktop();
  if (executable) {
    const { runInDesktop } = await import('../test/e2e/runDesktop.mjs');
    return countSuite(await runInDesktop({ vsix, executable }));
  }
  skip('desktop VS Code', `${noDesktop}; the same suite runs in code-server instead`);
  const { installCodeServer } = await import('./vscode/codeServer.mjs');
  const { findBrowser } = await import('./browser.mjs');
  const { path, problem: noBrowser } = findBrowser();
  const problem = noBrowser ?? installCodeServer();
  if (problem) return skip('a real VS Code', problem);
  const { runInWebHost } = await import('../test/e2e/runWebHost.mjs');
  countSuite(await runInWebHost({ vsix, browserPath: path }), 'in the browser: ');
  const { runInCodeServer } = await import('../test/e2e/runCodeServer.mjs');
  const { checks, ...suite } = await runInCodeServer({ vsix, browserPath: path });
  countSuite(suite);
  countChecks('manual', checks);
}

/** A small selection of the real builds: optimized Dockerfiles have to build and behave the same. */
function builds() {
  const args = ['scripts/testBuilds.mjs', '--only', BUILT_APPS.join(','), '--level', 'safe,recommended'];
  countLines('built', 'real builds', args);
}

/** Builds and measures images with each available engine. */
function engines() {
  countLines('measured', 'real engines', ['scripts/testEngines.mjs']);
}

function countLines(passed, skipped, args) {
  const { stdout } = spawnSync('node', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  for (const line of stdout.split('\n')) {
    const [, mark, rest = ''] = /^([✓✗-]) (.*)/.exec(line) ?? [];
    if (mark === '✓') pass(`${passed}: ${rest}`);
    else if (mark === '✗') fail(`${passed}: ${rest}`);
    else if (mark === '-') skip(skipped, rest.replace(/^skipped: /, ''));
  }
  if (!/^[✓✗-] /m.test(stdout)) fail(`the ${skipped} ended without a word: ${stdout.slice(-500)}`);
}

function countSuite({ code, lines }, where = '') {
  const text = lines.join('\n');
  const marked = (mark) => text.split('\n').filter((line) => line.startsWith(`${mark} `));
  for (const line of text.split('\n')) if (/^[✓-] /.test(line)) console.log(line.replace(' ', ` ${where}`));
  failures.push(...marked('✗').map((line) => line.slice(2)));
  const [passed, failed, pending] = ['✓', '✗', '-'].map((mark) => marked(mark).length);
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += pending;
  if (failed > 0)
    console.log(
      text
        .split('\n')
        .filter((line) => !/^[✓-] /.test(line))
        .join('\n'),
    );
  if (code !== 0 && failed === 0) fail(`the suite in VS Code ended with ${code}:\n${text.slice(-4000)}`);
  else if (passed === 0) fail('the suite in VS Code ran no test');
}
