import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTexts } from '../../scripts/texts.mjs';
import { createAnalyzer } from '../../server/src/analyzer';
import { renderRulePage } from '../../server/src/engine/rulePage';
import { readBuildContext } from '../../server/src/host/buildContext.node';
import { createPlan } from '../../server/src/optimizer/createPlan';

const root = resolve(import.meta.dirname, '../..');
const texts = join(root, '.cache/test-texts');
writeTexts(texts);
const load = createRequire(import.meta.url);
const analyzer = createAnalyzer({
  language: 'ja',
  readTexts: (name) => load(join(texts, `${name}.js`)),
});

const dockerfiles = readdirSync(join(root, 'examples'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /^Dockerfile/.test(entry.name) && !entry.name.endsWith('.dockerignore'))
  .map((entry) => join(entry.parentPath, entry.name));

/** Words of no language but ours: code and names are not translated. */
function isForeign(text: string): boolean {
  return (
    /[a-z]{2}/i.test(text.replace(/`[^`]*`/g, '')) &&
    !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text)
  );
}

describe('all that is said of an example in Japanese', () => {
  it.each(dockerfiles)('%s', (path) => {
    const text = readFileSync(path, 'utf8');
    const buildContext = readBuildContext(join(path, '..'));
    const { findings } = analyzer.lint(text, { buildContext });
    const { steps, skipped } = createPlan(analyzer, text, { buildContext, level: 'all' });
    const said = [
      ...findings.flatMap(({ message, fixes, related }) => [
        message,
        ...fixes.map(({ title }) => title),
        ...related.map((note) => note.message),
      ]),
      ...steps.flatMap(({ title, reason, risk }) => [title, reason, risk ?? '']),
      ...skipped.flatMap(({ title, why }) => [title, why]),
    ];
    expect(said.filter(isForeign)).toEqual([]);
  });
});

describe('the page of a rule in Japanese', () => {
  it.each(analyzer.rules.map(({ meta }) => meta).filter(({ docs }) => docs.bad.length > 0))('$id', (meta) => {
    const outsideCode = renderRulePage(meta, analyzer)
      .replace(/```[\s\S]*?```/g, '')
      .replace(/^- <http.*$/gm, '');
    const lines = outsideCode.split('\n').filter((line) => line !== '' && !line.startsWith('# '));
    expect(lines.filter(isForeign)).toEqual([]);
  });
});
