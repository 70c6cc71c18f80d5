import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/analyzer';
import { builtinRules } from '../../server/src/engine/builtinRules';
import type { RuleMeta } from '../../server/src/engine/rule';
import type { FixReasons, LanguageTexts, TextFiles } from '../../server/src/l10n/language';
import { allRules } from '../../server/src/rules';

interface RuleTexts {
  readonly description: string;
  readonly rationale: string;
  readonly fixSafety?: FixReasons;
  readonly messages: Readonly<Record<string, string>>;
}

const folder = resolve(import.meta.dirname, '../../server/src/l10n/ja/rules');

/** The rules by the name of the file that holds their Japanese. */
const rulesByFile = new Map<string, RuleMeta[]>([['builtin', [...builtinRules]]]);
for (const { meta } of allRules) {
  rulesByFile.set(meta.group, [...(rulesByFile.get(meta.group) ?? []), meta]);
}

function readTexts(file: string): Readonly<Record<string, RuleTexts>> {
  return JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8'));
}

it('has a file for each group and no other', () => {
  expect(readdirSync(folder).sort()).toEqual([...rulesByFile.keys()].map((file) => `${file}.json`).sort());
});

describe.each([...rulesByFile])('the Japanese of %s', (file, rules) => {
  const texts = readTexts(file);

  // What is missing falls back to English: npm run check lists it.
  it('has entries of its rules alone, sorted', () => {
    const ids = rules.map(({ id }) => id).sort();
    expect(Object.keys(texts)).toEqual(ids.filter((id) => Object.hasOwn(texts, id)));
  });

  it.each(rules.filter(({ id }) => Object.hasOwn(texts, id)))(
    'says what $id says in English',
    ({ id, docs, messages }) => {
      const japanese = texts[id];
      if (!japanese) return;
      const keys = Object.keys(messages);
      if (japanese.fixSafety) expect(Object.keys(japanese.fixSafety)).toEqual(Object.keys(docs.fixSafety ?? {}));
      expect(Object.keys(japanese.messages)).toEqual(keys.filter((key) => Object.hasOwn(japanese.messages, key)));
      const pairs: readonly (readonly [english: string | undefined, japanese: string | undefined])[] = [
        [docs.description, japanese.description],
        [docs.rationale, japanese.rationale],
        ...Object.entries<string>({ ...japanese.fixSafety }).map(
          ([key, text]) => [docs.fixSafety?.[key as keyof FixReasons], text] as const,
        ),
        ...Object.entries<string>(messages).map(([key, message]) => [message, japanese.messages[key]] as const),
      ];
      for (const [english, translated] of pairs) {
        if (translated === undefined) continue;
        expect(Boolean(english), translated).toBe(true);
        expect(placeholdersOf(translated), english).toEqual(placeholdersOf(english));
        expect(codeOf(translated), english).toEqual(codeOf(english));
        expect(linksOf(translated), english).toEqual(linksOf(english));
      }
    },
  );

  it.each(Object.entries(texts))('writes %s as Japanese interfaces are written', (_id, japanese) => {
    const { description, rationale, fixSafety, messages } = japanese;
    for (const short of [description, ...Object.values(messages)]) expect(short).not.toMatch(/[。.]$/);
    const reasons = Object.values<string>({ ...fixSafety });
    for (const long of [rationale, ...reasons]) expect(long).toMatch(/。$/);
    for (const text of [description, rationale, ...reasons, ...Object.values(messages)]) {
      // A half-width space stands between Japanese and Latin letters; brackets and colons are half-width.
      expect(text).not.toMatch(
        /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー][\w`{$(]|[\w`})][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u,
      );
      expect(text).not.toMatch(/[（）：！？　]| {2}|[。、] | [。、]/);
    }
  });

  it('keeps messages as short as the English ones have to be', () => {
    for (const { id, messages } of rules) {
      for (const [key, english] of Object.entries<string>(messages)) {
        const japanese = texts[id]?.messages[key] ?? '';
        if (english.length <= 80) expect(columnsOf(japanese), japanese).toBeLessThanOrEqual(80);
      }
    }
  });
});

describe('a rule without Japanese', () => {
  const meta = allRules[0]?.meta as RuleMeta;
  const said = { description: '説明', rationale: '理由です。' };
  const analyzerWith = (docs: TextFiles['docs.ja'], messages: LanguageTexts['messages']) =>
    createAnalyzer({
      language: 'ja',
      readTexts: (name) => (name === 'docs.ja' ? docs : { texts: {}, messages }) as never,
    });
  const text = 'FROM debian:12\nRUN cd /a\n';

  it('speaks English', () => {
    expect(analyzerWith({}, {}).docsOf(meta)).toEqual(meta.docs);
    const spoken = analyzerWith({}, {})
      .lint(text)
      .findings.map(({ message }) => message);
    expect(spoken).toEqual(
      createAnalyzer()
        .lint(text)
        .findings.map(({ message }) => message),
    );
    expect(spoken.length).toBeGreaterThan(0);
  });

  it('speaks it only where something is missing', () => {
    expect(analyzerWith({ [meta.id]: said }, {}).docsOf(meta)).toEqual({ ...meta.docs, ...said });
  });
});

/** A full-width character is as wide as two others. */
function columnsOf(text: string): number {
  return [...text].reduce(
    (columns, character) => columns + (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー、。「」]/u.test(character) ? 2 : 1),
    0,
  );
}

function placeholdersOf(text = ''): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([placeholder]) => placeholder).sort();
}

/** What stands in backticks, each once: Japanese may name it again, or at another place. */
function codeOf(text = ''): string[] {
  return [...new Set([...text.matchAll(/`[^`]+`/g)].map(([code]) => code))].sort();
}

function linksOf(text = ''): string[] {
  return [...text.matchAll(/\]\([^)]*\)/g)].map(([link]) => link);
}
