import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../scripts/texts.mjs';
import { createAnalyzer } from '../../server/src/analyzer';
import type { ReadTexts } from '../../server/src/l10n/language';
import { createPlan } from '../../server/src/optimizer/createPlan';
import type { Comments } from '../../server/src/optimizer/levels';
import { buildContextOf } from '../helpers/buildContext';

const read: ReadTexts = (name) => (name === 'texts.ja' ? readTexts('ja') : readTexts('ja').docs) as never;
const english = createAnalyzer({ readTexts: read });
const japanese = createAnalyzer({ language: 'ja', readTexts: read });
const APPS = resolve(import.meta.dirname, '../builds/apps');

const NODE =
  'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nUSER node\nCMD ["node", "dist/a.js"]\n';
const FILES = {
  Dockerfile: NODE,
  'package.json':
    '{"scripts": {"build": "tsc"}, "dependencies": {"express": "4"}, "devDependencies": {"typescript": "5"}}',
  'package-lock.json': '{"packages": {}}',
  'tsconfig.json': '{"compilerOptions": {"outDir": "dist"}}',
  'a.ts': 'import "express";',
};

function written(engine: typeof english, comments: Comments | undefined) {
  const { after, files } = createPlan(engine, NODE, {
    level: 'recommended',
    buildContext: buildContextOf(FILES, true, []),
    comments,
  });
  return [after, ...files.map((file) => file.after)].join('\n');
}

describe('comments that a plan writes', () => {
  it('are in the language of all texts', () => {
    for (const comments of [undefined, 'auto'] as const) {
      expect(written(english, comments)).toMatch(/^# Build stage: .*\nFROM/m);
      expect(written(japanese, comments)).toMatch(/^# ビルドステージ: .*\nFROM/m);
    }
    expect(written(japanese, 'auto')).toMatch(/^# バージョン管理$/m);
  });

  it('are in the language that was chosen, whatever that of the rest is', () => {
    expect(written(english, 'ja')).toBe(written(japanese, 'auto'));
    expect(written(japanese, 'en')).toBe(written(english, 'auto'));
  });

  it('are left out', () => {
    const text = written(english, 'none');
    expect(text).toContain('FROM node:22 AS build');
    expect(text).not.toMatch(/^# (?!syntax=)/m);
    expect(written(japanese, 'none')).toBe(text);
  });

  it.each([
    'go-writes-relative',
    'java-maven',
    'node-pnpm',
    'node-vite-preview',
    'php-debian',
    'python-django',
    'ruby-plain',
  ])('change nothing else: %s', (app) => {
    const folder = join(APPS, app);
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = names.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
    const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    const planned = (text: string, comments: Comments, written: Readonly<Record<string, string>> = {}) =>
      createPlan(english, text, {
        level: 'all',
        buildContext: buildContextOf({ ...files, ...written, Dockerfile: text }, true, []),
        comments,
      });
    const before = files['Dockerfile'] ?? '';
    const withoutOwn = (text: string) =>
      text.split('\n').filter((line) => line.trim() !== '' && (!line.startsWith('#') || before.includes(line)));
    const expected = planned(before, 'en');
    for (const comments of ['ja', 'none'] as const) {
      const plan = planned(before, comments);
      expect(withoutOwn(plan.after), comments).toEqual(withoutOwn(expected.after));
      expect(plan.steps.map(({ id }) => id)).toEqual(expected.steps.map(({ id }) => id));
      const written = Object.fromEntries(plan.files.map(({ path, after }) => [path, after]));
      expect(planned(plan.after, comments, written).steps).toEqual([]);
    }
  });
});
