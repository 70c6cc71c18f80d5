/**
 * No regular expression of ours may take time that grows exponentially with its text, and one that grows faster than
 * the text needs a reason why it meets no long text (patterns.mjs). `recheck` decides; verdicts are kept by pattern in
 * .cache, so that only new patterns take time. Patterns put together at run time are not seen here: those are names
 * between constant parts, and the parts are literals or the hostile tests' business.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { build } from 'esbuild';
import { check } from 'recheck';
import { BOUNDED } from './patterns.mjs';

const root = resolve(import.meta.dirname, '..');
const cacheFile = join(root, '.cache/patterns.json');
const ENTRIES = [
  'server/src/main.node.ts',
  'server/src/main.browser.ts',
  'server/src/cli/main.ts',
  'client/src/extension.node.ts',
  'client/src/extension.browser.ts',
];
const TIMEOUT_MS = 10_000;
const AT_ONCE = 2;

const found = await findPatterns();
const verdicts = await judge([...found.keys()]);
const problems = [];
for (const [pattern, file] of found) {
  const verdict = verdicts[pattern];
  if (verdict === 'safe' || (verdict !== 'exponential' && Object.hasOwn(BOUNDED, pattern))) continue;
  // On a slow machine there may be no answer where another has one.
  if (verdict.startsWith('unknown')) console.log(`${file}: ${pattern} is ${verdict}`);
  else problems.push(`${file}: ${pattern} is ${verdict}`);
}
for (const pattern of Object.keys(BOUNDED)) {
  if (!found.has(pattern)) problems.push(`scripts/patterns.mjs: nothing uses ${pattern}`);
}
for (const problem of problems) console.error(problem);
console.log(`${found.size} patterns, ${problems.length} of them in question`);
process.exit(problems.length > 0 ? 1 : 0);

/** Every literal of our own files, with one file that it stands in. */
async function findPatterns() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES,
    outdir: 'dist',
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    packages: 'external',
    logLevel: 'error',
  });
  const patterns = new Map();
  for (const { text } of outputFiles) {
    const source = text.replace(/^#!.*/, '');
    const files = [...source.matchAll(/^\/\/ ((?:server|client)\/\S+)$/gm)];
    full(parse(source, { ecmaVersion: 2024 }), ({ type, start, regex }) => {
      if (type !== 'Literal' || !regex) return;
      const file = files.findLast(({ index }) => index < start)?.[1] ?? '';
      patterns.set(`/${regex.pattern}/${regex.flags}`, file);
    });
  }
  return patterns;
}

async function judge(patterns) {
  const known = readCache();
  const left = patterns.filter((pattern) => !Object.hasOwn(known, pattern));
  const work = async () => {
    for (let pattern = left.pop(); pattern !== undefined; pattern = left.pop())
      known[pattern] = await verdictOn(pattern);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const verdicts = Object.fromEntries(patterns.map((pattern) => [pattern, known[pattern]]));
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(cacheFile, JSON.stringify(verdicts));
  return verdicts;
}

async function verdictOn(pattern) {
  const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(pattern);
  // Indices (`d`) are only about what is told of a match.
  const { status, complexity, error } = await check(source, flags.replace('d', ''), { timeout: TIMEOUT_MS });
  if (status === 'safe') return 'safe';
  if (status === 'vulnerable') return complexity.type;
  return `unknown (${error?.kind ?? 'no answer'})`;
}

function readCache() {
  try {
    return JSON.parse(readFileSync(cacheFile, 'utf8'));
  } catch {
    return {};
  }
}
