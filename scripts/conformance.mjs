/**
 * Holds our rules against the cases of other tools: `npm run conformance [-- --rule DL3009] [--tool hadolint] [--all]`.
 * The cases are searched in ../shared/conformance or in the folder that --cases names; without them it says so.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCases, TOOLS, WANTED, WANTED_ELSEWHERE } from './conformance/cases.mjs';
import { differences } from './conformance/differences.mjs';
import { createEvaluator } from './conformance/evaluate.mjs';
import { loadEngine } from './loadEngine.mjs';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: resolve(import.meta.dirname, '../../shared/conformance') },
    tool: { type: 'string' },
    rule: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const evaluate = createEvaluator(await loadEngine());
let isShort = false;
for (const tool of TOOLS.filter((name) => values.tool === undefined || name === values.tool)) {
  const cases = readCases(values.cases, tool)?.filter(({ rule }) => values.rule === undefined || rule === values.rule);
  if (!cases) {
    console.log(`${tool}: skipped, no cases in ${values.cases}`);
    continue;
  }
  if (cases.length === 0) continue;
  const rules = new Map();
  for (const example of cases) {
    const difference = evaluate(example);
    const row = rules.get(example.rule) ?? { hits: 0, misses: 0, same: 0, different: [] };
    row[example.expect === 'hit' ? 'hits' : 'misses']++;
    if (difference) row.different.push({ example, ...difference });
    else row.same++;
    rules.set(example.rule, row);
  }
  const same = [...rules.values()].reduce((sum, row) => sum + row.same, 0);
  const percent = (100 * same) / cases.length;
  const wanted = WANTED[tool] ?? WANTED_ELSEWHERE;
  if (percent < wanted) isShort = true;
  console.log(`\n${tool}: ${same} of ${cases.length} as the tool says, ${percent.toFixed(1)} % (wanted ${wanted} %)`);
  for (const [rule, { hits, misses, same: agreed, different }] of rules) {
    if (different.length === 0 && !values.all && values.rule === undefined) continue;
    console.log(`  ${rule}: ${agreed} of ${hits} hits and ${misses} misses`);
    for (const { example, problem } of different) {
      const isListed = differences.some((one) => one.tool === tool && one.cases.includes(example.name));
      console.log(`    ${isListed ? 'listed' : 'DIFFERENT'} (${example.expect}) ${example.name}: ${problem}`);
      if (values.rule !== undefined) console.log(example.dockerfile.replace(/^/gm, '      | '));
    }
  }
}
if (isShort) process.exitCode = 1;
