import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../server/src/engine/createEngine';
import type { FixOptions } from '../../server/src/engine/engine';
import type { AnyRule } from '../../server/src/engine/rule';
import { testKnowledge as knowledge } from '../helpers/testKnowledge';
import { replaceRule, rule } from './testRules';

function fix(text: string, rules: readonly AnyRule[], options: Partial<FixOptions> = {}) {
  const result = createEngine({ rules, knowledge }).fixAll(text, { upTo: 'safe', ...options });
  return {
    ...result,
    appliedIds: result.applied.map(({ finding }) => finding.ruleId),
    reasons: result.skipped.map(({ finding, reason }) => [finding.ruleId, reason]),
  };
}

/** Inserts a text at the end of the first `RUN`, unless the file has it. */
function insertRule(id: string, newText: string, isolation?: string): AnyRule {
  return rule(id, ({ report }) => ({
    file({ text, instructions }) {
      const run = instructions.find(({ keyword }) => keyword === 'RUN');
      if (!run || text.includes(newText)) return;
      const edits = [{ span: { start: run.span.end, end: run.span.end }, newText }];
      const draft = { title: 'fix', safety: 'safe', edits } as const;
      report(run.span, 'found', { fix: isolation === undefined ? draft : { ...draft, isolation } });
    },
  }));
}

describe('fixAll', () => {
  it('applies all fixes of one pass, and those that they make possible', () => {
    const result = fix('FROM x\nRUN aa bb\n', [replaceRule('a', 'aa', 'cc'), replaceRule('c', 'cc', 'dd')]);
    expect(result.text).toBe('FROM x\nRUN dd bb\n');
    expect(result.appliedIds).toEqual(['a', 'c']);
    expect(result.passes).toBe(2);
    expect(result.skipped).toEqual([]);
  });
  it('changes nothing when there is nothing to fix', () => {
    expect(fix('FROM x\n', [replaceRule('a', 'aa', 'b')])).toMatchObject({ text: 'FROM x\n', passes: 0, applied: [] });
  });
  it('keeps to the chosen strength and says what it left', () => {
    const rules = [
      replaceRule('a', 'aa', 'x', { safety: 'unsafe' }),
      replaceRule('b', 'bb', 'y'),
      replaceRule('c', 'cc', 'z', { safety: 'manual' }),
      replaceRule('d', 'dd'),
    ];
    const text = 'FROM i\nRUN aa bb cc dd\n';
    const safe = fix(text, rules);
    expect(safe.text).toBe('FROM i\nRUN aa y cc dd\n');
    expect(safe.reasons).toEqual([
      ['a', 'unsafe'],
      ['c', 'manual'],
    ]);
    expect(fix(text, rules, { upTo: 'unsafe' }).text).toBe('FROM i\nRUN x y cc dd\n');
    expect(fix(text, rules, { upTo: 'unsafe', rules: new Set(['a']) })).toMatchObject({
      text: 'FROM i\nRUN x bb cc dd\n',
      skipped: [],
    });
  });
  it('takes the first fix that is not too strong', () => {
    const choice = rule('choice', ({ report }) => ({
      file({ text }) {
        const start = text.indexOf('aa');
        if (start < 0) return;
        const span = { start, end: start + 2 };
        report(span, 'found', {
          fix: [
            { title: 'fix', safety: 'unsafe', edits: [{ span, newText: 'u' }] },
            { title: 'fix', safety: 'safe', edits: [{ span, newText: 's' }] },
          ],
        });
      },
    }));
    expect(fix('FROM x\nRUN aa', [choice]).text).toBe('FROM x\nRUN s');
    expect(fix('FROM x\nRUN aa', [choice], { upTo: 'unsafe' }).text).toBe('FROM x\nRUN u');
  });
  it('lets the earlier rule win an overlap; the other follows if it still can', () => {
    const result = fix('FROM x\nRUN aab\n', [replaceRule('one', 'aa', 'c'), replaceRule('two', 'aab', 'd')]);
    expect(result.text).toBe('FROM x\nRUN cb\n');
    const swapped = fix('FROM x\nRUN aab\n', [replaceRule('two', 'aab', 'd'), replaceRule('one', 'aa', 'c')]);
    expect(swapped.text).toBe('FROM x\nRUN d\n');
  });
  it('puts two insertions at one place in one after the other', () => {
    const result = fix('FROM x\nRUN a\n', [insertRule('one', ' -1'), insertRule('two', ' -2')]);
    expect(result.text).toBe('FROM x\nRUN a -1 -2\n');
    expect(result.passes).toBe(2);
  });
  it('applies equal edits of two fixes once', () => {
    const result = fix('FROM x\nRUN a\n', [insertRule('one', ' -q'), insertRule('two', ' -q')]);
    expect(result).toMatchObject({ text: 'FROM x\nRUN a -q\n', passes: 1, appliedIds: ['one', 'two'] });
  });
  it('applies one fix per isolation key and pass', () => {
    const rules = [
      replaceRule('one', 'aa', 'c', { isolation: 'k' }),
      replaceRule('two', 'bb', 'd', { isolation: 'k' }),
    ];
    expect(fix('FROM x\nRUN aa bb\n', rules)).toMatchObject({ text: 'FROM x\nRUN c d\n', passes: 2 });
  });
  it('leaves out the one fix that breaks the file, and says so', () => {
    const rules = [
      replaceRule('bad', 'RUN b', 'RNU b'),
      replaceRule('worse', 'RUN c', 'RUN <<E'),
      replaceRule('good', 'aa', 'a'),
    ];
    const result = fix('FROM x\nRUN aa\nRUN b\nRUN c\nRUN aa\n', rules);
    expect(result.text).toBe('FROM x\nRUN a\nRUN b\nRUN c\nRUN a\n');
    expect(result.reasons).toEqual([
      ['bad', 'changes-meaning'],
      ['worse', 'changes-meaning'],
    ]);
  });
  it('leaves out a fix that breaks the shell script', () => {
    const result = fix('FROM x\nRUN echo aa\n', [replaceRule('bad', 'aa', '"aa')]);
    expect(result).toMatchObject({ text: 'FROM x\nRUN echo aa\n', reasons: [['bad', 'changes-meaning']] });
  });
  it('still fixes a file that had errors before', () => {
    expect(fix('FROM x\nRNU aa\n', [replaceRule('a', 'aa', 'b')]).text).toBe('FROM x\nRNU b\n');
  });
  it('gives what waited for a breaking fix its turn', () => {
    const result = fix('FROM x\nRUN aa\n', [replaceRule('bad', 'RUN aa', 'RNU'), replaceRule('good', 'aa', 'b')]);
    expect(result.text).toBe('FROM x\nRUN b\n');
  });
  it('leaves out rules that undo each other, and keeps the others', () => {
    const rules = [replaceRule('up', 'aa', 'AA'), replaceRule('down', 'AA', 'aa'), replaceRule('other', 'cc', 'c')];
    const result = fix('FROM x\nRUN aa cc\n', rules);
    expect(result.text).toBe('FROM x\nRUN aa c\n');
    expect(result.reasons).toEqual([['up', 'did-not-converge']]);
    expect(result.appliedIds).toEqual(['other']);
  });
  it('leaves out a fix that changes nothing', () => {
    const result = fix('FROM x\nRUN aa bb\n', [replaceRule('same', 'aa', 'aa'), replaceRule('b', 'bb', 'b')]);
    expect(result).toMatchObject({
      text: 'FROM x\nRUN aa b\n',
      appliedIds: ['b'],
      reasons: [['same', 'did-not-converge']],
    });
  });
  it('stops after ten passes when a fix brings its finding again', () => {
    const result = fix('FROM x\nRUN a\n', [replaceRule('grow', 'RUN a', 'RUN aa')]);
    expect(result).toMatchObject({
      text: 'FROM x\nRUN aaaaaaaaaaa\n',
      passes: 10,
      reasons: [['grow', 'did-not-converge']],
    });
  });
  it('does not fix what a comment silences', () => {
    const text = 'FROM x\n# dockerfile-optimizer-ignore a\nRUN aa\nRUN aa\n';
    expect(fix(text, [replaceRule('a', 'aa', 'b')]).text).toBe(
      'FROM x\n# dockerfile-optimizer-ignore a\nRUN aa\nRUN b\n',
    );
  });
  it('removes comments that silence nothing', () => {
    expect(fix('FROM x\n# dockerfile-optimizer-ignore a\nRUN b\n', [replaceRule('a', 'aa', 'b')]).text).toBe(
      'FROM x\nRUN b\n',
    );
  });

  describe('with any rules', () => {
    const word = fc.constantFrom('aa', 'bb', 'cc', 'dd', 'a', 'b');
    const replacement = fc.tuple(word, word, fc.constantFrom(undefined, 'k'));
    const content = fc.array(fc.constantFrom('aa', 'bb', 'cc', ' ', '\nRUN ', ' \\\n  '), { maxLength: 12 });
    it('ends, and a result without leftovers is final', () => {
      fc.assert(
        fc.property(fc.array(replacement, { maxLength: 5 }), content, (replacements, parts) => {
          const rules = replacements.map(([what, by, isolation], index) =>
            replaceRule(`rule-${index}`, what, by, isolation === undefined ? {} : { isolation }),
          );
          const once = fix(`FROM x\nRUN echo ${parts.join('')}\n`, rules);
          expect(once.passes).toBeLessThanOrEqual(10);
          const isFinal = once.reasons.every(([, reason]) => reason !== 'did-not-converge');
          if (isFinal) expect(fix(once.text, rules)).toMatchObject({ text: once.text, passes: 0 });
        }),
      );
    });
    it('changes nothing in a second run, also when rules fight', () => {
      const letter = fc.constantFrom('A', 'B', 'C', 'D');
      const letters = fc.array(letter, { maxLength: 8 });
      fc.assert(
        fc.property(fc.array(fc.tuple(letter, letter), { maxLength: 6 }), letters, (replacements, parts) => {
          const rules = replacements.map(([what, by], index) => replaceRule(`rule-${index}`, `(${what})`, `(${by})`));
          const text = `FROM x\nRUN echo "${parts.map((part) => `(${part})`).join(' ')}"\n`;
          const once = fix(text, rules);
          expect(fix(once.text, rules).text).toBe(once.text);
        }),
      );
    });
  });
});
