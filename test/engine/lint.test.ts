import { describe, expect, it } from 'vitest';
import { builtinRules } from '../../server/src/engine/builtinRules';
import { defaultConfig, resolveConfig, withRuleChoices } from '../../server/src/engine/config';
import { createEngine } from '../../server/src/engine/createEngine';
import type { AnyRule, Visitor } from '../../server/src/engine/rule';
import { testKnowledge as knowledge } from '../helpers/testKnowledge';
import { replaceRule, rule } from './testRules';

function engineOf(rules: readonly AnyRule[]) {
  return createEngine({ rules, knowledge });
}

describe('lint', () => {
  it('visits instructions, ONBUILD triggers, commands, stages and the file in one order', () => {
    const visits: string[] = [];
    const recorder = rule('recorder', () => ({
      instruction: (node) => void visits.push(node.onbuild ? `trigger ${node.keyword}` : node.keyword),
      command: (node, on) => void visits.push(`${on.keyword} ${node.name}`),
      stage: (node) => void visits.push(`stage ${node.index}`),
      file: () => void visits.push('file'),
    }));
    engineOf([recorder]).lint('ARG A\nFROM a AS x\nRUN one && two\nONBUILD RUN three\nFROM b\nCMD four\n');
    expect(visits).toEqual([
      'ARG',
      'FROM',
      'RUN',
      'RUN one',
      'RUN two',
      'ONBUILD',
      'trigger RUN',
      'RUN three',
      'stage 0',
      'FROM',
      'CMD',
      'CMD four',
      'stage 1',
      'file',
    ]);
  });
  it('gives hooks their own visitor as `this`', () => {
    const visitor: Visitor & { count: number } = {
      count: 0,
      instruction() {
        this.count++;
      },
    };
    engineOf([rule('counter', () => visitor)]).lint('FROM a\nRUN b');
    expect(visitor.count).toBe(2);
  });
  it('sorts by place, then rule, and fills messages', () => {
    const rules = [replaceRule('no-b', 'bb'), replaceRule('no-a', 'bb'), replaceRule('no-c', 'FROM')];
    const { findings } = engineOf(rules).lint('FROM x\nRUN bb\n');
    expect(findings.map(({ ruleId, message, severity, span }) => [ruleId, message, severity, span.start])).toEqual([
      ['no-c', 'Found FROM', 'warning', 0],
      ['no-a', 'Found bb', 'warning', 11],
      ['no-b', 'Found bb', 'warning', 11],
    ]);
  });
  it('runs recommended rules only, with severities from the configuration', () => {
    const rules = [
      replaceRule('no-a', 'FROM'),
      replaceRule('no-b', 'FROM', undefined, { meta: { recommended: false } }),
    ];
    const engine = engineOf(rules);
    expect(engine.lint('FROM x').findings.map(({ ruleId }) => ruleId)).toEqual(['no-a']);
    const { config } = withRuleChoices(
      defaultConfig,
      [
        ['no-a', 'off'],
        ['no-b', 'hint'],
      ],
      rules,
    );
    const { findings } = engine.lint('FROM x', { config: resolveConfig(config, rules, 'Dockerfile') });
    expect(findings.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([['no-b', 'hint']]);
  });
  it('fills titles from the data of the report and of the fix, and keeps placeholders without data', () => {
    const titled = rule(
      'titled',
      ({ report }) => ({
        file: () =>
          report({ start: 0, end: 1 }, 'found', {
            data: { what: '$&' },
            fix: [
              { title: 'fix', safety: 'safe', data: { what: 'own' } },
              { title: 'fix', safety: 'manual', edits: [{ span: { start: 0, end: 1 }, newText: '' }] },
            ],
            related: [{ messageId: 'fix', span: { start: 0, end: 2 } }],
            impact: { bytes: -5 },
          }),
      }),
      { messages: { found: 'Found {what} in {where}', fix: 'Fix {what}' }, tags: ['deprecated'] },
    );
    const [finding] = engineOf([titled]).lint('FROM x').findings;
    expect(finding).toMatchObject({
      message: 'Found $& in {where}',
      tags: ['deprecated'],
      impact: { bytes: -5 },
      related: [{ message: 'Fix $&' }],
      fixes: [{ title: 'Fix own' }, { title: 'Fix $&', safety: 'manual', edits: [] }],
    });
  });
  it('takes messages in another language where there are some', () => {
    const translate = (ruleId: string, messageId: string) =>
      messageId === 'found' ? `${ruleId}: {what} が` : undefined;
    const engine = createEngine({ rules: [replaceRule('no-a', 'FROM', 'from')], knowledge, translate });
    const [finding] = engine.lint('FROM x').findings;
    expect([finding?.message, finding?.fixes[0]?.title]).toEqual([
      'no-a: FROM が',
      'Fix {what}'.replace('{what}', 'FROM'),
    ]);
  });

  describe('with a rule that fails', () => {
    const at = { start: 0, end: 4 };
    it.each<[string, AnyRule]>([
      [
        'in create',
        rule('bad', () => {
          throw new Error('boom');
        }),
      ],
      [
        'in a hook',
        rule('bad', ({ report }) => ({
          instruction: () => report(at, 'found'),
          stage: () => {
            throw new Error('boom');
          },
          file: () => report(at, 'found'),
        })),
      ],
    ])('%s reports that alone and goes on with the others', (_, bad) => {
      const { findings } = engineOf([bad, replaceRule('no-a', 'FROM')]).lint('FROM x');
      expect(findings.map(({ ruleId, message }) => [ruleId, message])).toEqual([
        ['internal-error', 'Rule bad failed: boom'],
        ['no-a', 'Found FROM'],
      ]);
    });
    it.each<[string, AnyRule]>([
      [
        'a span outside the text',
        rule('bad', ({ report }) => ({ file: () => report({ start: 0, end: 99 }, 'found') })),
      ],
      [
        'overlapping edits',
        rule('bad', ({ report }) => ({
          file: () =>
            report(at, 'found', {
              fix: {
                title: 'fix',
                safety: 'safe',
                edits: [
                  { span: at, newText: '' },
                  { span: at, newText: 'x' },
                ],
              },
            }),
        })),
      ],
      ['an unknown message', rule('bad', ({ report }) => ({ file: () => report(at, 'toString' as 'found') }))],
    ])('by %s', (_, bad) => {
      expect(
        engineOf([bad])
          .lint('FROM x')
          .findings.map(({ ruleId }) => ruleId),
      ).toEqual(['internal-error']);
    });
    it('reports every kind of thrown value', () => {
      const bad = rule('bad', () => {
        throw undefined;
      });
      expect(
        engineOf([bad])
          .lint('')
          .findings.map(({ message }) => message),
      ).toEqual(['Rule bad failed: unknown']);
    });
  });

  it('offers no fix where its text would become part of something else', () => {
    const insert = rule('inserts', ({ report }) => ({
      instruction({ keyword, span }) {
        const at = keyword === 'RUN' ? span.end - 1 : span.end;
        report(span, 'found', {
          fix: { title: 'fix', safety: 'safe', edits: [{ span: { start: at, end: at }, newText: 'x' }] },
        });
      },
    }));
    const fixesOf = (text: string) =>
      engineOf([insert])
        .lint(text)
        .findings.map(({ fixes }) => fixes.flatMap(({ edits }) => edits).length);
    expect(fixesOf('FROM a\nRUN b\n')).toEqual([1, 1]);
    expect(fixesOf('FROM a\nRUN ["b"]\n')).toEqual([1, 0]);
    expect(fixesOf('FROM a\\\n')).toEqual([0]);
  });

  it('reports what cannot be parsed', () => {
    const { findings } = engineOf([]).lint('FROM a\nRNU b\nRUN <<EOF\nx');
    expect(findings.map(({ ruleId, message, severity }) => [ruleId, message, severity])).toEqual([
      ['parse-error', 'Unknown instruction `RNU`', 'error'],
      ['parse-error', 'Heredoc `EOF` is never closed', 'error'],
    ]);
  });
  it('offers the instruction that was probably meant', () => {
    const [finding] = engineOf([]).lint('FROM a\nRNU b\n').findings;
    expect(finding?.fixes).toEqual([
      { title: 'Write `RUN`', safety: 'unsafe', edits: [{ span: { start: 7, end: 10 }, newText: 'RUN' }] },
    ]);
    expect(engineOf([]).lint('FROM a\nSOMETHING b\n').findings[0]?.fixes).toMatchObject([
      { safety: 'manual', edits: [] },
    ]);
  });

  it.each(['', '\n', '# only a comment', '\ufeff', '# syntax=docker/dockerfile:1\n'])(
    'has nothing to say on %j',
    (text) => {
      expect(engineOf([]).lint(text).findings).toEqual([]);
    },
  );
});

describe('the built-in rules', () => {
  const cases = builtinRules.flatMap(({ id, docs }) => [
    ...docs.bad.map((code) => ({ id, code, isReported: true })),
    ...docs.good.map((code) => ({ id, code, isReported: false })),
  ]);
  it.each(cases)('$id on $code: $isReported', ({ id, code, isReported }) => {
    const config = resolveConfig({ ...defaultConfig, rules: new Map([[id, 'warning']]) }, [], '');
    const ids = engineOf([])
      .lint(code, { config })
      .findings.map(({ ruleId }) => ruleId);
    expect(ids.includes(id)).toBe(isReported);
  });
});
