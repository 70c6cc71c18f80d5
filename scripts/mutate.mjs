/**
 * npm run mutate -- <file or folder, …>: changes one piece of logic at a time in a copy of the project, runs the tests
 * that reach it, and lists the changes that no test notices. The full report is .cache/mutate/report.html.
 */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { installDependencies } from './dependencies.mjs';

installDependencies();
const { Stryker } = await import('@stryker-mutator/core');
const { positionals } = parseArgs({ allowPositionals: true });
if (positionals.length === 0) {
  console.error('Name the files or folders to change, such as server/src/dockerfile.');
  process.exit(2);
}
const stryker = new Stryker({
  mutate: positionals.map((path) => (statSync(path).isDirectory() ? `${path}/**/*.ts` : path)),
  // Texts and word lists are data; patterns have their own check.
  mutator: { excludedMutations: ['StringLiteral', 'ArrayDeclaration', 'Regex'] },
  testRunner: 'vitest',
  coverageAnalysis: 'perTest',
  // Most files are reached by most tests, and a busy machine runs those in more than Stryker's five minutes.
  dryRunTimeoutMinutes: 30,
  vitest: { related: true },
  reporters: ['clear-text', 'html'],
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false },
  htmlReporter: { fileName: '.cache/mutate/report.html' },
  tempDirName: '.cache/mutate/work',
  ignorePatterns: ['.cache', 'dist'],
  // Stryker reads tsconfig.json through an API that TypeScript 7 no longer has, and vitest needs no tsconfig.json.
  tsconfigFile: 'none',
});
const results = await stryker.runMutationTest();
const noticed = results.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
const counted = results.filter(({ status }) => !['Ignored', 'CompileError', 'RuntimeError'].includes(status)).length;
console.log(`\n${noticed} of ${counted} changes noticed (${((100 * noticed) / Math.max(counted, 1)).toFixed(1)} %)`);
