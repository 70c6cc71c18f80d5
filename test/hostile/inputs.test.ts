import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDockerignore } from '../../server/src/engine/dockerignore';
import { matchesGlob } from '../../server/src/engine/glob';
import { readBuildContext } from '../../server/src/host/buildContext.node';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { parseConfig } from '../../server/src/project/parseConfig';
import { allRules } from '../../server/src/rules';
import { readText } from '../../server/src/system/readText';
import { buildContextOf } from '../helpers/buildContext';
import { effortOf } from '../helpers/effort';
import { analyzer } from '../helpers/plan';

/** Several times what any of them takes: it is to tell what grows with the square of an input from what does not. */
const MOST = 10_000;

const problemsOf = (text: string, name = '.dockerfile-optimizer.yaml') =>
  parseConfig(text, name, allRules).problems.map(({ message }) => message);
const many = (count: number, textOf: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => textOf(index)).join('\n');

describe('a hostile configuration', () => {
  it.each([
    ['aliases of aliases', `a: &a [x, x]\n${many(20, (i) => `k${i}: &k${i} [${'*a,'.repeat(9)}]`)}`, 'aliases'],
    ['many aliases', `a: &a x\nrules:\n${many(5000, (i) => `  r${i}: *a`)}`, 'more than 100 aliases'],
    ['open brackets', `rules: ${'['.repeat(50_000)}`, 'nested too deeply'],
    ['maps in maps', `rules: ${'{a: '.repeat(5000)}${'}'.repeat(5000)}`, 'nested too deeply'],
    ['deep indentation', many(400, (i) => `${' '.repeat(i)}a:`), 'nested too deeply'],
    ['lists in lists', `rules:\n  ${'- '.repeat(20_000)}`, 'nested too deeply'],
    ['50 MB', 'a: 1\n'.repeat(10_000_000), 'larger than 128 KB'],
  ])('%s: is not read, and says so', async (_, text, message) => {
    const effort = await effortOf(() => expect(problemsOf(text).join('\n')).toContain(message));
    expect(effort).toBeLessThan(MOST);
  });

  it.each([
    ['many keys', many(5000, (i) => `k${i}: 1`)],
    ['many unknown rules', `rules:\n${many(1500, (i) => `  DL${i}x: off`)}`],
    ['an alias of itself', 'rules: &a\n  x: *a\n'],
    ['many overrides', `overrides:\n${many(3000, (i) => `- files: "**/a${i}"\n  rules: {}`)}`],
  ])('%s: ends with bounded effort', async (_, text) => {
    const effort = await effortOf(() => {
      const { config } = parseConfig(text, '.dockerfile-optimizer.yaml', allRules);
      expect(config.extends).toBe('recommended');
    });
    expect(effort).toBeLessThan(MOST);
  });

  it('knows no rule, key, severity or label format by the name of a prototype', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(problemsOf(`${name}: 1\n`).join()).toContain(`Unknown key "${name}"`);
      expect(problemsOf(`rules:\n  ${name}: off\n`).join()).toContain(`Unknown rule "${name}"`);
      expect(problemsOf(`rules:\n  DL3008: ${name}\n`)).toHaveLength(1);
      expect(problemsOf(`extends: ${name}\n`)).toHaveLength(1);
      expect(problemsOf(`requiredLabels:\n  a: ${name}\n`)).toHaveLength(1);
      expect(problemsOf(`override:\n  ${name}: [DL3008]\n`, '.hadolint.yaml')).toHaveLength(1);
      expect(parseConfig(`buildArgs:\n  ${name}: x\n`, 'x.yaml', allRules).config.settings.buildArgs.get(name)).toBe(
        'x',
      );
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('hostile globs', () => {
  it.each([
    ['*a'.repeat(400), 'a'.repeat(2000)],
    [`${'**/a/'.repeat(190)}b`, 'a/'.repeat(1000)],
    ['{**/,*}'.repeat(140), 'a/'.repeat(1000)],
    ['{a,a}'.repeat(190), 'a'.repeat(400)],
    [`${'{'.repeat(450)}a${'}'.repeat(450)}`, 'b'],
    ['{'.repeat(100_000), 'b'],
  ])('%.20s… ends with bounded effort', async (glob, path) => {
    expect(await effortOf(() => matchesGlob(path, glob))).toBeLessThan(MOST);
  });

  it('of .dockerignore end with bounded effort, and too many of them are not read', async () => {
    const globs = [
      '**/'.repeat(500),
      '*a'.repeat(500),
      '**a'.repeat(500),
      ...Array.from({ length: 900 }, (_, i) => `a${i}*b`),
    ];
    const effort = await effortOf(() => {
      const ignore = parseDockerignore(globs.join('\n'));
      for (let index = 0; index < 2000; index++) ignore?.isIgnored(`${'a/'.repeat(20)}${index}`);
    });
    expect(effort).toBeLessThan(MOST);
    expect(parseDockerignore('a\n'.repeat(100_000))).toBeUndefined();
  });

  it('too many of .dockerignore: nothing is said or rewritten on the strength of them', () => {
    const text = 'FROM node:20\nWORKDIR /app\nCOPY a b ./\nCOPY . .\nRUN npm ci\nCMD ["node", "a"]\n';
    const buildContext = buildContextOf({
      a: '',
      '.env': '',
      'package.json': '{}',
      '.dockerignore': 'a\n'.repeat(100_000),
    });
    expect(analyzer.lint(text, { buildContext }).findings.map(({ ruleId }) => ruleId)).not.toContain('no-ignored-copy');
    expect(createPlan(analyzer, text, { level: 'all', buildContext }).files).toEqual([]);
  });
});

describe('a hostile build context', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const context = join(folder, 'context');
  mkdirSync(join(context, 'inner'), { recursive: true });
  writeFileSync(join(folder, 'secret'), 'secret');
  writeFileSync(join(context, 'package.json'), '{}');

  it.skipIf(process.platform === 'win32')('is listed once where links lead in circles', () => {
    symlinkSync('..', join(context, 'inner', 'up'));
    symlinkSync('self', join(context, 'self'));
    const { files, unlisted } = readBuildContext(context);
    expect([...files.keys()]).toEqual(['package.json']);
    expect([...unlisted].sort()).toEqual(['inner/up', 'self']);
  });

  it.skipIf(process.platform === 'win32')('gives nothing that lies outside of it', () => {
    symlinkSync('../secret', join(context, 'leak'));
    symlinkSync('..', join(context, 'parent'));
    const { read } = readBuildContext(context);
    for (const path of ['../secret', 'inner/../../secret', join(folder, 'secret'), 'leak', 'parent/secret'])
      expect(read(path), path).toBeUndefined();
    expect(read('inner/../package.json')).toBe('{}');
  });

  it.skipIf(process.platform === 'win32')('reads no device', () => {
    expect(readText('/dev/zero')).toBeUndefined();
    symlinkSync('/dev/zero', join(context, '.dockerignore'));
    expect(readBuildContext(context).read('.dockerignore')).toBeUndefined();
  });
});
