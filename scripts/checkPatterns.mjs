/**
 * Our regular expressions must not take exponential time. One that takes more than linear time needs a comment on the
 * line above, `// Bounded: …`, that says why it never meets a long text. `recheck` decides; verdicts are cached by
 * pattern in .cache, so that only new patterns take time. In patterns that are built at run time, a word replaces each
 * unknown part.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { build } from 'esbuild';
import { check } from 'recheck';

const root = resolve(import.meta.dirname, '..');
const cacheFile = join(root, '.cache/patterns.json');
const ENTRIES = [
  'server/src/main.node.ts',
  'server/src/main.browser.ts',
  'server/src/cli/main.ts',
  'server/src/patternLibrary.ts',
  'client/src/extension.node.ts',
  'client/src/extension.browser.ts',
];
const TIMEOUT_MS = 10_000;
const AT_ONCE = 2;
/** An attack string from `recheck` takes seconds if its verdict is right, and milliseconds if not. */
const ATTACK_MS = 500;
/** Stands for the parts of patterns that are built at run time: names of variables, users and packages. */
const WORD = 'name';

const { found, unseen } = await findPatterns();
const verdicts = await judge([...found.keys()]);
const problems = [];
for (const [pattern, { file, written = pattern }] of found) {
  const verdict = verdicts[pattern];
  if (verdict === 'safe' || (verdict !== 'exponential' && isBounded(file, written))) continue;
  // A slow machine may get no answer where another one does.
  if (verdict.startsWith('unknown')) console.log(`${file}: ${pattern} is ${verdict}`);
  else problems.push(`${file}: ${pattern} is ${verdict}`);
}
for (const problem of problems) console.error(problem);
console.log(`${found.size} patterns, ${problems.length} of them in question`);
console.log(`Not judged where they are used, but where they are written: those of ${unseen.join(', ')}`);
process.exit(problems.length > 0 ? 1 : 0);

/**
 * Every pattern in our own files and data, with one file that contains it; and the files with patterns that are not
 * seen.
 */
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
  const found = new Map(dataPatterns());
  const unseen = new Set();
  for (const { text } of outputFiles) {
    const source = text.replace(/^#!.*/, '');
    const files = [...source.matchAll(/^\/\/ ((?:server|client)\/\S+)$/gm)];
    const fileAt = (start) => files.findLast(({ index }) => index < start)?.[1] ?? '';
    const tree = parse(source, { ecmaVersion: 2024 });
    const constants = constantsOf(tree);
    full(tree, ({ type, start, regex, callee, tag, quasi, arguments: values }) => {
      const file = fileAt(start);
      if (type === 'Literal' && regex) found.set(`/${regex.pattern}/${regex.flags}`, { file });
      // The same pattern as text/wordList.ts makes.
      if (type === 'TaggedTemplateExpression' && tag.name === 'wordList')
        found.set(`/^(?:${quasi.quasis[0].value.raw.trim().split(/\s+/).join('|')})$/`, { file });
      if (type !== 'NewExpression' || callee.name !== 'RegExp') return;
      const pattern = textOf(values[0], constants);
      if (pattern === undefined) unseen.add(file);
      else found.set(`/${pattern}/${values[1]?.value ?? ''}`, { file, written: 'new RegExp(' });
    });
  }
  return { found, unseen: [...unseen] };
}

/** True if the line above one with this text says why it never meets a long text. */
function isBounded(file, written) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return lines.some((line, index) => line.includes(written) && lines[index - 1]?.includes('// Bounded: '));
}

/** Patterns for tags in the knowledge data. */
function dataPatterns() {
  const folder = 'server/src/knowledge/data';
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const file = `${folder}/${name}`;
      const patterns = [];
      JSON.parse(readFileSync(join(root, file), 'utf8'), (key, value) => {
        if ((key === 'tags' || key === 'keepsTags') && typeof value === 'string') patterns.push(`/${value}/`);
        return value;
      });
      return patterns.map((pattern) => [pattern, { file }]);
    });
}

/** The values of variables by name; undefined for a name that several variables have. */
function constantsOf(tree) {
  const constants = new Map();
  full(tree, ({ type, id, init }) => {
    if (type === 'VariableDeclarator' && id.name) constants.set(id.name, constants.has(id.name) ? undefined : init);
  });
  return constants;
}

/** The text of an expression; undefined if no part of it is known. */
function textOf(node, constants) {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type === 'Identifier') {
    const value = constants.get(node.name);
    return value && textOf(value, new Map());
  }
  if (node.type !== 'TemplateLiteral') return undefined;
  const parts = node.expressions.map((part) => textOf(part, constants) ?? WORD);
  return node.quasis.map(({ value }, index) => value.cooked + (parts[index] ?? '')).join('');
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
  // Indices (`d`) only affect what a match returns.
  const { status, complexity, attack, error } = await check(source, flags.replace('d', ''), { timeout: TIMEOUT_MS });
  if (status === 'safe' || (complexity?.type === 'polynomial' && isQuick(new RegExp(source, flags), attack.string)))
    return 'safe';
  if (status === 'vulnerable') return complexity.type;
  return `unknown (${error?.kind ?? 'no answer'})`;
}

function isQuick(pattern, text) {
  try {
    runInNewContext('pattern.exec(text)', { pattern, text }, { timeout: ATTACK_MS });
    return true;
  } catch {
    return false;
  }
}

function readCache() {
  try {
    return JSON.parse(readFileSync(cacheFile, 'utf8'));
  } catch {
    return {};
  }
}
