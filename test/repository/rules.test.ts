import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtinRules } from '../../server/src/engine/builtinRules';
import { allRules } from '../../server/src/rules';

const root = resolve(import.meta.dirname, '../..');
const rulesFolder = join(root, 'server/src/rules');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const files = readdirSync(rulesFolder, { withFileTypes: true })
  .filter((group) => group.isDirectory() && group.name !== 'shared')
  .flatMap((group) => readdirSync(join(rulesFolder, group.name)).map((file) => `${group.name}/${file}`));

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

/** The code of a rule, with that of the factory that makes it. */
function withShared(code: string): string {
  const shared = [...code.matchAll(/ from '\.\.\/(shared\/\w+)';/g)];
  return [code, ...shared.map(([, path]) => readFileSync(join(rulesFolder, `${path}.ts`), 'utf8'))].join('\n');
}

describe('every rule', () => {
  it('is in the registry, and nothing else is', () => {
    const registered = allRules.map(({ meta }) => `${meta.group}/${meta.id}.ts`);
    expect(registered.sort()).toEqual(files.sort());
  });

  it('has an id that no other rule goes by', () => {
    const metas = [...allRules.map(({ meta }) => meta), ...builtinRules];
    const ids = metas.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(metas.flatMap(({ aliases }) => aliases.filter((alias) => ids.includes(alias)))).toEqual([]);
    for (const { aliases } of metas) expect(aliases).toEqual([...new Set(aliases)]);
  });

  it('says in its meta what engine and optimizer must know of it: neither names one', () => {
    // `answers` of a transform: the rules stand below. ShellCheck is also a program.
    const ids = allRules.map(({ meta }) => meta.id).filter((id) => id !== 'shellcheck');
    for (const file of ['engine', 'optimizer'].flatMap((folder) => sourcesIn(join(root, 'server/src', folder)))) {
      const code = readFileSync(file, 'utf8').replace(/^ {2}answers: \[.*\],$/m, '');
      expect(
        ids.filter((id) => code.includes(`'${id}'`)),
        file,
      ).toEqual([]);
    }
  });

  describe.each(allRules.map(({ meta }) => meta))('$id', (meta) => {
    const file = join(rulesFolder, meta.group, `${meta.id}.ts`);
    const code = withShared(readFileSync(file, 'utf8'));

    it('has a test and a page', () => {
      // Which counts its cases.
      const test = readFileSync(join(root, 'test/rules', meta.group, `${meta.id}.test.ts`), 'utf8');
      expect(test).toContain('\ntestRule(rule, {');
      expect(existsSync(join(root, 'docs/rules', `${meta.id}.md`))).toBe(true);
    });

    it('is named and worded as the conventions say', () => {
      expect(meta.id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(meta.docs.description).not.toMatch(/\.$/);
      for (const message of Object.values<string>(meta.messages)) {
        expect(message).not.toMatch(/\.$|please|should/i);
        expect(message.length, message).toBeLessThanOrEqual(80);
      }
    });

    it('came with a version that there is', () => {
      expect(meta.since).toMatch(/^\d+\.\d+\.\d+$/);
      expect(meta.since.localeCompare(version, 'en', { numeric: true })).toBeLessThanOrEqual(0);
    });

    it('uses each of its messages', () => {
      for (const id of Object.keys(meta.messages)) {
        // Once where it is defined, once where it is used; `title: need.kind` and the like name it in a type.
        expect(code.split(new RegExp(`\\b${id}\\b`)).length, id).toBeGreaterThan(2);
      }
    });

    it('has hooks for what it says it visits', () => {
      const { visits } = allRules.find((rule) => rule.meta.id === meta.id) ?? {};
      if (!visits) return;
      expect(code).not.toMatch(/^ +(?:stage|file)\(/m);
      expect(/^ +command\(/m.test(code), 'command').toBe(visits.tools !== undefined);
      expect(/^ +instruction\(/m.test(code), 'instruction').toBe(visits.keywords !== undefined);
      for (const keyword of visits.keywords ?? []) expect(keyword).toBe(keyword.toUpperCase());
    });

    it('has texts of its own and not those of the template', () => {
      const { description, rationale, fixSafety = {} } = meta.docs;
      for (const text of [description, rationale, ...Object.values(fixSafety)])
        expect(text).not.toMatch(/^Say (?:in one sentence|why)\b/i);
      for (const text of [description, rationale]) expect(text).not.toBe('');
    });

    it('says of unsafe fixes alone which plans take them', () => {
      if (meta.unsafeIn !== undefined) expect(meta.fixable).toBe('unsafe');
      if (meta.waste === 'mends') expect(meta.fixable).toBeDefined();
    });

    it('says when its fix is safe', () => {
      if (meta.fixable !== undefined) expect(meta.docs.fixSafety?.[meta.fixable]).toMatch(/\.$/);
      for (const text of Object.values(meta.docs.fixSafety ?? {}))
        expect(text).not.toMatch(/^(?:Safe|Unsafe|No automatic fix)\b/);
    });
  });
});
