import { describe, expect, it } from 'vitest';
import { defineRule, type Rule, type RuleMeta } from '../../server/src/engine/rule';
import type { TextEdit } from '../../server/src/text/edits';
import { buildContextOf } from '../helpers/buildContext';
import { checkDuplicates, checkInvalid, checkValid, testRule } from '../helpers/ruleTester';
import { withBacktickEscape, withCrlf, withOnbuild } from '../helpers/twins';

interface Behavior {
  readonly edit?: (start: number, end: number) => TextEdit[];
  readonly meta?: Partial<RuleMeta<'found' | 'add'>>;
  readonly data?: Record<string, string>;
}

/** Wants `-y` after each `install`. */
function installRule({ edit, meta, data = { name: 'install' } }: Behavior = {}): Rule<'found' | 'add'> {
  return defineRule({
    meta: {
      id: 'require-yes',
      group: 'correctness',
      severity: 'warning',
      recommended: true,
      since: '0.1.0',
      aliases: [],
      fixable: 'safe',
      messages: { found: '`{name}` without `-y`', add: 'Add `-y`' },
      docs: {
        description: '',
        rationale: '',
        bad: ['FROM x\nRUN apt-get install a'],
        good: ['FROM x\nRUN apt-get install -y a'],
        references: [],
      },
      ...meta,
    },
    create: ({ report }) => ({
      command({ words }) {
        const at = words.find(({ value }) => value === 'install')?.span;
        if (!at || words.some(({ value }) => value === '-y')) return;
        const edits = edit?.(at.start, at.end) ?? [{ span: { start: at.end, end: at.end }, newText: ' -y' }];
        report(at, 'found', { data, fix: { title: 'add', safety: 'safe', edits } });
      },
    }),
  });
}

testRule(installRule(), {
  valid: [
    'FROM x\nRUN apt-get install -y a',
    { name: 'knows names', code: 'FROM x\nRUN apt-get update' },
    'FROM x\nCMD apt-get update',
  ],
  invalid: [
    {
      code: 'FROM x\nRUN apt-get -q install a\n',
      findings: [{ messageId: 'found', at: 'install' }],
      output: 'FROM x\nRUN apt-get -q install -y a\n',
    },
    {
      code: 'FROM x\nRUN apt-get install a && \\\n    # why\n    apt-get install b\n',
      findings: [
        { messageId: 'found', at: 'install', data: { name: 'install' }, severity: 'warning' },
        { messageId: 'found', at: ['install', 2] },
      ],
      output: 'FROM x\nRUN apt-get install -y a && \\\n    # why\n    apt-get install -y b\n',
    },
  ],
});

describe('the rule tester', () => {
  const code = 'FROM x\n# note\nRUN apt-get install a\n';
  const findings = [{ messageId: 'found', at: 'install' }] as const;
  const output = 'FROM x\n# note\nRUN apt-get install -y a\n';

  it('accepts what is right', () => {
    checkInvalid(installRule(), { code, findings, output });
    checkValid(installRule(), { code: output });
  });
  it.each<[string, Parameters<typeof checkInvalid<'found' | 'add'>>[1], string]>([
    ['a missing finding', { code: output, findings }, 'findings'],
    ['another place', { code, findings: [{ messageId: 'found', at: 'apt-get' }], output }, 'findings'],
    ['another message', { code, findings: [{ messageId: 'add', at: 'install' }], output }, 'findings'],
    ['other data', { code, findings: [{ ...findings[0], data: { name: 'i' } }], output }, '`i` without'],
    ['another severity', { code, findings: [{ ...findings[0], severity: 'error' }], output }, 'severity of'],
    ['a change where none may be', { code, findings, output: null }, 'output'],
    ['a change where none is named', { code, findings }, 'output'],
    ['output that equals code', { code, findings, output: code }, 'write null'],
    ['no findings', { code, findings: [], output }, 'at least one finding'],
    ['a mark that is not there', { code, findings: [{ messageId: 'found', at: ['install', 2] }] }, '1 times, not 2'],
  ])('refuses %s', (_, invalid, message) => {
    expect(() => checkInvalid(installRule(), invalid)).toThrow(message);
  });
  it.each<[string, Behavior, string]>([
    [
      'a fix that does not settle',
      { edit: (start) => [{ span: { start, end: start }, newText: 'apt ' }] },
      'does not settle',
    ],
    [
      'a fix that breaks the file',
      { edit: (start) => [{ span: { start: start - 12, end: start }, newText: 'x\n' }] },
      'breaks the file',
    ],
    ['a message with a hole', { data: {} }, 'No data for {name}'],
    ['a fix stronger than it says', { meta: { fixable: 'manual' } }, 'says manual'],
    ['a fix that it does not announce', { meta: { fixable: undefined } as never }, 'no `meta.fixable`'],
    [
      'a rule that fails',
      {
        edit: () => {
          throw new Error('boom');
        },
      },
      'Rule require-yes failed: boom',
    ],
  ])('refuses %s', (_, behavior, message) => {
    expect(() => checkInvalid(installRule(behavior), { code, findings, output })).toThrow(message);
  });
  it('names the comment that a safe fix loses', () => {
    const edit = (_: number, end: number) => [{ span: { start: 7, end }, newText: 'RUN apt-get install -y' }];
    const without = 'FROM x\nRUN apt-get install -y a\n';
    expect(() => checkInvalid(installRule({ edit }), { code, findings, output: without })).toThrow(
      'loses a comment: note',
    );
  });
  it('tries the file with CRLF', () => {
    const edit = (start: number, end: number) => [{ span: { start, end }, newText: 'install -y \\\n' }];
    const broken = 'FROM x\nRUN apt-get install -y \\\n a\n';
    const run = () =>
      checkInvalid(installRule({ edit }), { code: code.replace('# note\n', ''), findings, output: broken });
    expect(run).toThrow('output with CRLF');
  });
  it('tries the instruction as an ONBUILD trigger', () => {
    const rule = installRule();
    const notInTriggers: Rule<'found' | 'add'> = {
      ...rule,
      create(context) {
        const visitor = rule.create(context);
        return { command: (node, on) => (on.onbuild ? undefined : visitor.command?.(node, on)) };
      },
    };
    expect(() => checkInvalid(notInTriggers, { code, findings, output })).toThrow('as ONBUILD triggers');
    checkInvalid(notInTriggers, { code, findings, output, onbuild: false });
  });
  it('refuses a finding on a valid case', () => {
    expect(() => checkValid(installRule(), { code })).toThrow('findings');
  });
  it('refuses a case that is there twice', () => {
    expect(() => checkDuplicates({ valid: [code], invalid: [{ code, findings, output }] })).toThrow('twice');
    checkDuplicates({ valid: [code], invalid: [{ code, findings, output, buildContext: buildContextOf({}) }] });
  });
});

describe('twins', () => {
  it('change line ends', () => {
    expect(withCrlf('a\nb')).toBe('a\r\nb');
    expect(withCrlf('a\r\nb')).toBeUndefined();
  });
  it('change the escape character and name the shell of each stage', () => {
    const shell = 'SHELL ["/bin/sh", "-c"]\n';
    expect(withBacktickEscape('FROM x\nRUN a \\\n  b\nFROM y AS z\nCMD c')).toBe(
      `# escape=\`\nFROM x\n${shell}RUN a \`\n  b\nFROM y AS z\n${shell}CMD c`,
    );
    expect(withBacktickEscape('FROM x')).toBe(`# escape=\`\nFROM x\n${shell.trimEnd()}`);
  });
  it.each([
    'FROM x\nRUN echo `a`',
    'FROM x\nRUN echo \\$a',
    'FROM x\nRUN <<E\na \\\nb\nE',
    'FROM x\nRUN echo "a \\\nb"',
    '# escape=\\\nFROM x',
    'FROM x\nSHELL ["bash", "-c"]',
    'RUN x',
  ])('leave the escape character of %j', (code) => {
    expect(withBacktickEscape(code)).toBeUndefined();
  });
  it('make triggers of the instructions that hold the spans', () => {
    const code = 'FROM x\nRUN a\nRUN b\nRUN c';
    const twin = withOnbuild(code, [
      { start: 7, end: 12 },
      { start: 23, end: 24 },
    ]);
    expect(twin?.text).toBe('FROM x\nONBUILD RUN a\nRUN b\nONBUILD RUN c');
    expect(twin?.spans.map(({ start, end }) => twin.text.slice(start, end))).toEqual(['RUN a', 'c']);
    expect(withOnbuild(code, [{ start: 0, end: 4 }])).toBeUndefined();
  });
});

describe('buildContextOf', () => {
  it('gives files with their sizes and texts', () => {
    const context = buildContextOf({ 'a/b.txt': 'é' });
    expect(context.files.get('a/b.txt')).toEqual({ sizeBytes: 2 });
    expect([context.read('a/b.txt'), context.read('c'), context.isComplete]).toEqual(['é', undefined, true]);
  });
});
