/**
 * Compares our rules with the test cases of other tools: `npm run conformance [-- --rule DL3009] [--tool hadolint]
 * [--all]`.
 * Reads the cases from ../shared/conformance or from the folder in --cases; reports if there are none.
 * `--json` prints one line per tool: its share in percent, and the cases that differ without a reason.
 * Fails when a difference has no reason in conformance/differences.mjs.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCases, TOOLS } from './conformance/cases.mjs';
import { compare } from './conformance/compare.mjs';
import { createEvaluator } from './conformance/evaluate.mjs';
import { loadEngine } from './loadEngine.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: resolve(import.meta.dirname, '../../shared/conformance') },
    tool: { type: 'string' },
    rule: { type: 'string' },
    all: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const evaluate = createEvaluator(await loadEngine());
/** Cases of ShellCheck say nothing of us where it is not installed. */
const canCheck = spawnSync('shellcheck', ['--version']).status === 0;
if (!canCheck) console.error('ShellCheck is not installed: its cases are left out');
for (const tool of TOOLS.filter((name) => values.tool === undefined || name === values.tool)) {
  const cases = readCases(values.cases, tool)?.filter(
    ({ rule }) => (values.rule === undefined || rule === values.rule) && (canCheck || rule !== 'SC*'),
  );
  if (!cases) {
    console.log(`${tool}: skipped, no cases in ${values.cases}`);
    continue;
  }
  if (cases.length === 0) continue;
  const { same, percent, different } = compare(evaluate, tool, cases);
  const unexplained = different.filter(({ isListed }) => !isListed).length;
  if (unexplained > 0) process.exitCode = 1;
  if (values.json) {
    const names = different.filter(({ isListed }) => !isListed).map(({ example }) => example.name);
    console.log(JSON.stringify({ tool, percent, unexplained: names }));
    continue;
  }
  const rest = `${different.length - unexplained} otherwise for a reason, ${unexplained} without one`;
  console.log(`\n${tool}: ${same} of ${cases.length} as the tool says, ${percent.toFixed(1)} %; ${rest}`);
  for (const rule of new Set(cases.map((example) => example.rule))) {
    const all = cases.filter((example) => example.rule === rule);
    const others = different.filter(({ example }) => example.rule === rule);
    if (others.length === 0 && !values.all && values.rule === undefined) continue;
    const hits = all.filter(({ expect }) => expect === 'hit').length;
    console.log(`  ${rule}: ${all.length - others.length} of ${hits} hits and ${all.length - hits} misses`);
    for (const { example, problem, isListed } of others) {
      console.log(`    ${isListed ? 'listed' : 'DIFFERENT'} (${example.expect}) ${example.name}: ${problem}`);
      if (values.rule !== undefined) console.log(example.dockerfile.replace(/^/gm, '      | '));
    }
  }
}
