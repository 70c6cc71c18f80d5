/**
 * Runs other tools beside ours over the Dockerfiles of a folder and prints who finds what, by instruction:
 * npm run parity -- FOLDER [--install] [--only hadolint,tally] [--format text|json] [--rules] [--tools FOLDER]
 * Tools that are missing are left out; --install gets the pinned versions into .cache/parity or the folder of --tools. --rules lists each rule
 * of the other tools with what we say at the same instruction: the same under its name, something else, or nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './dependencies.mjs';
import { loadEngine } from './loadEngine.mjs';
import { rowsOf, sumUp, textOf } from './parity/compare.mjs';
import { programOf, TOOLS, TOOLS_FOLDER } from './parity/tools.mjs';
import { capture } from './process.mjs';

/** A tool that does not answer for a file is left out of that file. */
const TIME_LIMIT = 120_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    install: { type: 'boolean', default: false },
    only: { type: 'string' },
    format: { type: 'string', default: 'text' },
    rules: { type: 'boolean', default: false },
    tools: { type: 'string', default: TOOLS_FOLDER },
  },
});
const [folder, ...others] = positionals;
const names = values.only?.split(',') ?? TOOLS.map(({ name }) => name);
const unknown = names.find((name) => !TOOLS.some((tool) => tool.name === name));
if (folder === undefined || others.length > 0 || unknown !== undefined || !['text', 'json'].includes(values.format)) {
  console.error('npm run parity -- FOLDER [--install] [--only <tool>,…] [--format text|json] [--rules]');
  console.error(`Tools:\n${TOOLS.map((tool) => `  ${tool.name.padEnd(9)} ${tool.package}`).join('\n')}`);
  process.exit(2);
}

const wanted = TOOLS.filter(({ name }) => names.includes(name));
if (values.install) for (const tool of wanted) install(tool);
const tools = wanted.flatMap((tool) => {
  const program = programOf(tool, values.tools);
  if (program === undefined) console.error(`${tool.name}: not installed (--install gets ${tool.package})`);
  return program === undefined ? [] : [{ ...tool, program }];
});

const { createAnalyzer } = await loadEngine();
const engine = createAnalyzer({ now: () => new Date() });
const files = lintOurs(resolve(folder)).map(({ path, findings }) => {
  const text = readFileSync(path, 'utf8');
  const answers = { ours: findings, ...Object.fromEntries(tools.map((tool) => [tool.name, ask(tool, path)])) };
  return { path, rows: rowsOf(instructionsOf(text), answers) };
});
const sums = Object.fromEntries(tools.map(({ name }) => [name, sumUp(files, name)]));
if (values.format === 'json')
  console.log(
    JSON.stringify(
      { version: 1, tools: tools.map((tool) => ({ name: tool.name, package: tool.package })), files, sums },
      undefined,
      2,
    ),
  );
else printText();

function printText() {
  for (const file of files) if (file.rows.length > 0) console.log(textOf(file.path, file.rows));
  const row = (cells) =>
    cells.map((cell, index) => String(cell)[index === 0 ? 'padEnd' : 'padStart'](index === 0 ? 40 : 12)).join('');
  console.log(row(['At the same instruction, ours says', 'the same', 'other', 'nothing', 'findings']));
  for (const [name, { same, other, none, findings, byRule }] of Object.entries(sums)) {
    console.log(row([name, same, other, none, findings]));
    if (!values.rules) continue;
    for (const [id, counts] of Object.entries(byRule).sort(([a], [b]) => a.localeCompare(b)))
      console.log(row([`  ${id}`, counts.same, counts.other, counts.none, counts.same + counts.other + counts.none]));
  }
}

function install(tool) {
  if (programOf(tool, values.tools) !== undefined) return;
  console.error(`Installing ${tool.package} …`);
  try {
    tool.install(join(values.tools, tool.name));
  } catch (error) {
    console.error(`${tool.name}: not installed: ${error.message.split('\n').slice(0, 3).join(' ')}`);
  }
}

/** Every rule that is on by default, with the names that other tools have for it. */
function lintOurs(path) {
  const cli = join(root, 'dist/cli.js');
  const answer = capture(process.execPath, [cli, 'lint', path, '--format', 'json', '--fail-on', 'never']);
  return JSON.parse(answer).files.map((file) => ({
    path: resolve(file.path),
    findings: file.findings.map(({ rule, code, aliases, message, range }) => ({
      ids: [code ?? rule, ...aliases],
      line: range.start.line + 1,
      message,
    })),
  }));
}

/** Most tools exit with 1 when they find something: only an answer that cannot be read is a failure. */
function ask({ name, program, arguments: argumentsFor, environment = {}, read, like = {} }, path) {
  const { stdout = '', error } = spawnSync(program, argumentsFor(path), {
    encoding: 'utf8',
    timeout: TIME_LIMIT,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...environment },
  });
  try {
    if (error) throw error;
    return read(stdout).map(({ id, line = 0, message }) => ({ ids: [id, ...(like[id] ?? [])], line, message }));
  } catch (problem) {
    console.error(`${name}: ${path}: ${problem.message}`);
    return [];
  }
}

function instructionsOf(text) {
  const lineAt = (offset) => text.slice(0, offset).split('\n').length;
  return engine.lint(text).dockerfile.instructions.map(({ span }) => ({
    first: lineAt(span.start),
    last: lineAt(span.end),
    text: text.slice(span.start, span.end).split('\n', 1)[0] ?? '',
  }));
}
