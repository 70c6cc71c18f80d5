import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/dependencies.mjs';
import { loadEngine } from '../scripts/loadEngine.mjs';
import { temporaryFolder } from '../scripts/temporaryFolder.mjs';
import { makeFolder } from './dockerfiles.mjs';
import { megabytes, seconds, within } from './figures.mjs';
import { PEER_NAMES } from './peers.mjs';
import { runProcess } from './runProcess.mjs';
import { sharesOfLint } from './shares.mjs';

const FILES = 1000;
const CLI = join(root, 'dist/cli.js');

/**
 * Times a lint of a thousand files against other tools, each in one process, and shows what the time is spent on.
 * @param row receives the measured thing, the figure, the goal and whether it is reached
 */
export async function measureFolder({ peers, row }) {
  const temporary = temporaryFolder('bench');
  const folder = join(temporary, 'all');
  mkdirSync(folder);
  makeFolder(folder, FILES);
  const engine = await loadEngine();
  const common = engine.allRules.filter(({ meta }) =>
    meta.aliases.some((alias) => alias.startsWith('dockerfile-utils:')),
  );
  const configurationOf = (name, rules) => {
    const path = join(temporary, `${name}.yaml`);
    writeFileSync(path, configurationWith(engine.allRules, rules));
    return path;
  };

  const lint = (...args) => twice(process.execPath, [CLI, 'lint', ...args]);
  const library = (path, work) => twice(process.execPath, [join(root, 'bench/validateFolder.mjs'), path, work, folder]);
  const ours = await lint(folder);
  const validator = await library(peers.validator, 'validate');
  const sameChecks = await lint('--config', configurationOf('common', common), folder);
  const noChecks = await lint('--config', configurationOf('none', []), folder);
  const parser = await library(peers.parser, 'parse');
  const first = 'lint of 1,000 Dockerfiles, first run / second, memory at most';
  const checks = { value: validator.warm.seconds, name: 'the checks below' };
  const [, goal, holds] = within(ours.warm.seconds, 1.99, checks, seconds);
  row(first, both(ours), goal, holds);
  if (ours.warm.bytes !== undefined)
    row('its memory at most', megabytes(ours.warm.bytes), '≤ 300 MB', ours.warm.bytes <= 300_000_000);
  row(`the checks of ${PEER_NAMES.languageServer}, nothing printed`, both(validator));
  row(
    `our lint with the ${common.length} rules that find what those checks find`,
    both(sameChecks),
    '≤ the row above',
    sameChecks.warm.seconds <= validator.warm.seconds,
  );
  row('our lint with all rules off: Dockerfiles and shell scripts are read', both(noChecks));
  row('dockerfile-ast parses them, and nothing else', both(parser));
  row('Node.js starts, and nothing else', both(await twice(process.execPath, ['-e', ''])));

  const { rules, scripts } = workIn(folder, engine);
  row('our lint: rules that run over each file', `${rules}`);
  row('our lint: shell scripts that are read, of all files', scripts.toLocaleString('en'));
  const shares = sharesOfLint(folder);
  row('our lint: what its time goes to', shares.map(({ name, share }) => `${name} ${percent(share)}`).join(', '));

  const baseline = join(temporary, 'baseline.json');
  writeFileSync(baseline, '{ "version": 1, "files": {} }\n');
  const oneThread = await lint('--baseline', baseline, folder);
  row(
    'our lint on all processors / in one thread, as with a baseline: time (processor time)',
    [ours, oneThread]
      .map(({ warm }) => `${seconds(warm.seconds)} (${seconds(warm.processorSeconds ?? 0)})`)
      .join(' / '),
  );
}

/** Runs twice: the second run finds the files in the system's cache. */
async function twice(program, args) {
  const cold = await runProcess(program, args);
  return { cold, warm: await runProcess(program, args) };
}

function both({ cold, warm }) {
  const memory = warm.bytes === undefined ? '' : `, ${megabytes(warm.bytes)}`;
  return `${seconds(cold.seconds)} / ${seconds(warm.seconds)}${memory}`;
}

function percent(share) {
  return `${Math.round(share * 100)} %`;
}

/** A configuration with only these rules on. */
function configurationWith(all, wanted) {
  const off = all.filter((rule) => !wanted.includes(rule)).map(({ meta }) => `  ${meta.id}: off\n`);
  return `extends: all\nrules:\n${off.join('')}`;
}

function workIn(folder, { allRules, createAnalyzer }) {
  const engine = createAnalyzer();
  let scripts = 0;
  for (const name of readdirSync(folder)) {
    const { instructions } = engine.lint(readFileSync(join(folder, name, 'Dockerfile'), 'utf8')).dockerfile;
    scripts += instructions.filter(({ script }) => script !== undefined).length;
  }
  return { rules: allRules.filter(({ meta }) => meta.recommended).length, scripts };
}
