/**
 * npm run bench: the speed and size figures, each beside what it is held against, in one run on one machine.
 * Ratios travel between machines; milliseconds do not.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { findBrowser } from '../scripts/browser.mjs';
import { installDependencies, root } from '../scripts/dependencies.mjs';
import { packageExtension } from '../scripts/package.mjs';
import { capture } from '../scripts/process.mjs';
import { installCodeServer } from '../scripts/vscode/codeServer.mjs';
import { runInCodeServer } from '../test/e2e/runCodeServer.mjs';
import { makeDockerfile } from './dockerfiles.mjs';
import { keystrokes } from './keystrokes.mjs';
import { lintFolder } from './lintFolder.mjs';

/** The language server of the Docker extensions for VS Code: what most people have today. */
const PEER = 'dockerfile-language-server-nodejs@0.15.0';

installDependencies();
const rows = [];
const { file: vsix, size } = packageExtension();
await engineRows();
await serverRows();
await cliRows();
await activationRow();
rows.push(['VSIX', `${(size / 1024).toFixed(0)} KB`, '≤ 1024 KB', size <= 1024 * 1024]);
for (const [what, figure, goal, holds] of rows)
  console.log(`${holds ? '✓' : '✗'} ${what.padEnd(62)} ${figure.padStart(22)}   ${goal}`);

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
  const bare = median(() => DockerfileParser.parse(long).getInstructions());
  const warm = median(() => engine.lint(short));
  rows.push(['100 lines, all rules, warm', ms(warm), '≤ 5 ms', warm <= 5]);
  const full = median(() => createAnalyzer().lint(long));
  rows.push(['2,000 lines, all rules / bare dockerfile-ast parse', ratio(full, bare), '≤ 2.5', full / bare <= 2.5]);
  let typed = 0;
  const middle = long.indexOf('curl -fsSL', long.length / 2);
  const edit = median(() => engine.lint(`${long.slice(0, middle)}${'x'.repeat(++typed % 5)}${long.slice(middle)}`));
  rows.push(['2,000 lines after one typed character / bare parse', ratio(edit, bare), '≤ 1.5', edit / bare <= 1.5]);
  const plan = median(() => createPlan(engine, short, { level: 'recommended' }), 5);
  rows.push(['plan of a 100-line file', ms(plan), '≤ 50 ms', plan <= 50]);
  const longPlan = median(() => createPlan(engine, long, { level: 'recommended' }), 3);
  rows.push(['plan of a 2,000-line file', ms(longPlan), '≤ 2,000 ms', longPlan <= 2000]);
}

async function serverRows() {
  const peer = join(root, '.cache/bench/peer');
  mkdirSync(peer, { recursive: true });
  writeFileSync(join(peer, 'package.json'), '{"private":true}');
  capture('npm', ['install', PEER, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: peer });
  for (const lines of [300, 2000]) {
    const text = makeDockerfile(lines);
    const ours = await keystrokes({ server: join(root, 'dist/server.js'), text, pulls: true });
    const pushed = await keystrokes({
      server: join(peer, 'node_modules/dockerfile-language-server-nodejs/bin/docker-langserver'),
      text,
      pulls: false,
    });
    rows.push([
      `keystroke to diagnostics, ${lines} lines, median: ours / ${PEER.split('@')[0]}`,
      `${ratio(ours.median, pushed.median)} (${ms(ours.median)})`,
      '≤ 1',
      ours.median <= pushed.median,
    ]);
    rows.push([
      `  start to first diagnostics, ${lines} lines: ours / theirs`,
      `${ratio(ours.first, pushed.first)} (${ms(ours.first)})`,
      '',
      true,
    ]);
  }
}

/** From the first Dockerfile of a session being open, which activates the extension, to its findings, in a real VS Code. */
async function activationRow() {
  const { path: browserPath, problem } = findBrowser();
  const reason = problem ?? installCodeServer();
  if (reason) {
    console.log(`- skipped: activation in VS Code: ${reason}`);
    return;
  }
  const { lines } = await runInCodeServer({ vsix, browserPath });
  const time = Number(/first findings after (\d+) ms/.exec(lines.join('\n'))?.[1]);
  rows.push(['activation to first findings in VS Code (code-server)', ms(time), '≤ 500 ms', time <= 500]);
}

async function cliRows() {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-bench-'));
  try {
    for (let index = 0; index < 1000; index++) {
      mkdirSync(join(folder, `${index}`));
      writeFileSync(join(folder, `${index}/Dockerfile`), makeDockerfile(20 + (index % 60)));
    }
    const { seconds, megabytes } = await lintFolder(join(root, 'dist/cli.js'), folder);
    rows.push(['lint of 1,000 Dockerfiles in one process', `${seconds.toFixed(2)} s`, '≤ 3 s', seconds <= 3]);
    rows.push(['  its memory at most', `${megabytes.toFixed(0)} MB`, '≤ 300 MB', megabytes <= 300]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(work, runs = 21) {
  for (let index = 0; index < 3; index++) work();
  const times = [];
  for (let index = 0; index < runs; index++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[runs >> 1];
}

function ms(milliseconds) {
  return `${milliseconds.toFixed(1)} ms`;
}

function ratio(a, b) {
  return (a / b).toFixed(2);
}
