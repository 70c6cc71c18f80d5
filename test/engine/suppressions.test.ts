import { describe, expect, it } from 'vitest';
import { defaultConfig, resolveConfig, withRuleChoices } from '../../server/src/engine/config';
import { createEngine } from '../../server/src/engine/createEngine';
import { createRuleNames } from '../../server/src/engine/ruleNames';
import { ignoreInFile, ignoreOnInstruction } from '../../server/src/engine/suppressionEdits';
import { createKnowledgeBase } from '../../server/src/knowledge';
import { applyEdits } from '../../server/src/text/edits';
import { testKnowledge as knowledge } from '../helpers/testKnowledge';
import { replaceRule, rule } from './testRules';

const rules = [
  replaceRule('no-aa', 'apple', undefined, {
    meta: { aliases: ['DL3008', 'NoAA', 'CKV_DOCKER_98', 'DS-9998', 'AVD-DS-9998'] },
  }),
  replaceRule('no-bb', 'berry', undefined, { meta: { aliases: ['DL3009'] } }),
];
const engine = createEngine({ rules, knowledge });

/** Rule and line (from one) of each finding. */
function found(text: string, options = {}) {
  return engine
    .lint(text, options)
    .findings.map(({ ruleId, span }) => `${ruleId}:${text.slice(0, span.start).split('\n').length}`);
}

describe('a comment for the next instruction', () => {
  it.each([
    ['one rule', 'FROM x\n# dockerfile-optimizer-ignore no-aa\nRUN apple berry\nRUN apple\n', ['no-bb:3', 'no-aa:4']],
    ['several', 'FROM x\n# dockerfile-optimizer-ignore no-aa, no-bb: a reason, with no-cc\nRUN apple berry\n', []],
    ['all rules', 'FROM x\n# dockerfile-optimizer-ignore: a reason\nRUN apple berry\n', []],
    ['an alias in any case', 'FROM x\n#dockerfile-optimizer-ignore dl3008,NO-BB\nRUN apple berry\n', []],
    ['across blank lines and comments', 'FROM x\n  # dockerfile-optimizer-ignore no-aa\n\n# more\nRUN apple\n', []],
    ['from inside its lines', 'FROM x\nRUN apple \\\n  # dockerfile-optimizer-ignore no-aa\n  b\n', []],
    ['in its heredoc', 'FROM x\n# dockerfile-optimizer-ignore no-aa\nRUN <<E\napple\nE\nRUN apple\n', ['no-aa:6']],
    ['with CRLF', 'FROM x\r\n# dockerfile-optimizer-ignore no-aa\r\nRUN apple\r\n', []],
    ['hadolint', 'FROM x\n# hadolint ignore=DL3008,DL3009\nRUN apple berry\nRUN apple\n', ['no-aa:4']],
  ])('silences %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
  it('leaves parse errors of other instructions', () => {
    expect(found('FROM x\n# dockerfile-optimizer-ignore\nRNU a\nRNU b\n')).toEqual(['parse-error:4']);
  });
  it('is not found in heredocs', () => {
    expect(found('FROM x\nRUN <<E\n# dockerfile-optimizer-ignore no-aa\napple\nE\n')).toEqual(['no-aa:4']);
  });
});

describe('a comment for more', () => {
  it.each([
    [
      'the stage',
      'FROM x\nRUN apple\n# dockerfile-optimizer-ignore-stage no-aa\nRUN apple\nFROM y\nRUN apple',
      ['no-aa:6'],
    ],
    ['the stage below', 'FROM x\nRUN apple\n# dockerfile-optimizer-ignore-stage no-aa\nFROM y\nRUN apple', ['no-aa:2']],
    ['the stage above, at the end', 'FROM x\nRUN apple\n# dockerfile-optimizer-ignore-stage no-aa', []],
    ['the file, anywhere', 'FROM x\nRUN apple\nFROM y\nRUN apple\n# dockerfile-optimizer-ignore-file no-aa', []],
    ['hadolint, stage', 'FROM x\n# hadolint stage ignore=DL3008\nRUN apple\nFROM y\nRUN apple', ['no-aa:5']],
    ['hadolint, global', '# hadolint global ignore=DL3008\nFROM x\nRUN apple berry', ['no-bb:3']],
    ['check', '# check=skip=NoAA,InvalidBaseImagePlatform;error=true\nFROM x\nRUN apple berry', ['no-bb:3']],
    [
      'check below another directive',
      '# syntax=docker/dockerfile:1\n# check=error=true;skip=NoAA\nFROM x\nRUN apple',
      [],
    ],
    ['nothing with an empty check=skip=', '# check=skip=\nFROM x\nRUN apple', ['no-aa:3']],
    ['nothing with only a comma in it', '# check=skip=,;error=true\nFROM x\nRUN apple', ['no-aa:3']],
    ['nothing with an empty checkov:skip=', 'FROM x\nRUN apple\n# checkov:skip=', ['no-aa:2']],
    ['check=skip=all, for what BuildKit checks', '# check=skip=all\nFROM x\nRUN apple berry', ['no-bb:3']],
    ['check for the instruction below it', 'FROM x\n# check=skip=NoAA\nRUN apple\nRUN apple', ['no-aa:4']],
    ['checkov:skip, in the whole file', 'FROM x\nRUN apple\n#checkov:skip=CKV_DOCKER_98:why not\nRUN apple', []],
    ['checkov:skip without a reason', 'FROM x\n# checkov:skip=CKV_DOCKER_98\nRUN apple berry', ['no-bb:3']],
    ['trivy:ignore', 'FROM x\n#trivy:ignore:DS-9998\nRUN apple\nRUN apple', ['no-aa:4']],
    ['trivy:ignore with a date', 'FROM x\n# trivy:ignore:AVD-DS-9998:exp:2030-01-01\nRUN apple', []],
    ['several trivy:ignore', 'FROM x\n# trivy:ignore:DS-9998 trivy:ignore:no-bb\nRUN apple berry', []],
    [
      'trivy:ignore above FROM, in the stage',
      '# trivy:ignore:DS-9998\nFROM x\nRUN apple\nFROM y\nRUN apple',
      ['no-aa:5'],
    ],
    ['trivy:ignore:*', 'FROM x\n# trivy:ignore:*\nRUN apple berry', []],
  ])('silences %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('a comment that silences nothing', () => {
  function unused(text: string, use = engine) {
    return use.lint(text).findings.filter(({ ruleId }) => ruleId === 'unused-suppression');
  }
  function fixed(text: string) {
    return engine.fixAll(text, { upTo: 'safe' }).text;
  }
  it('is reported where the name stands', () => {
    const text = 'FROM x\n# dockerfile-optimizer-ignore no-aa, no-bb\nRUN apple\n';
    const [finding, ...others] = unused(text);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ message: '`no-bb` reports nothing here', severity: 'info' });
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe('no-bb');
  });
  it('is reported as a whole when it is for all rules', () => {
    const [finding] = unused('FROM x\n# dockerfile-optimizer-ignore\nRUN c\n');
    expect(finding?.message).toBe('This comment suppresses nothing');
    expect(finding?.fixes.map(({ title }) => title)).toEqual(['Remove the comment']);
  });
  it('names the nearest rule for an unknown one', () => {
    const findings = unused('FROM x\n# dockerfile-optimizer-ignore no-ab, whatever-else\nRUN c\n');
    expect(findings.map(({ message }) => message)).toEqual([
      'Unknown rule `no-ab`; did you mean `no-aa`?',
      'Unknown rule `whatever-else`',
    ]);
    expect(findings[0]?.fixes.map(({ title, safety }) => [title, safety])).toEqual([
      ['Remove `no-ab`', 'safe'],
      ['Replace `no-ab` with `no-aa`', 'unsafe'],
    ]);
  });
  it.each([
    ['the line', 'FROM x\n  # dockerfile-optimizer-ignore no-aa: why\nRUN c\n', 'FROM x\nRUN c\n'],
    ['the line for all names', 'FROM x\n# dockerfile-optimizer-ignore no-aa, no-bb\nRUN c\n', 'FROM x\nRUN c\n'],
    ['the last line', 'FROM x\r\n# dockerfile-optimizer-ignore-file no-aa', 'FROM x'],
    ['a line in an instruction', 'FROM x\nRUN c \\\n  # dockerfile-optimizer-ignore\n  d\n', 'FROM x\nRUN c \\\n  d\n'],
    [
      'the first name',
      'FROM x\n# dockerfile-optimizer-ignore no-bb, no-aa: why\nRUN apple\n',
      'FROM x\n# dockerfile-optimizer-ignore no-aa: why\nRUN apple\n',
    ],
    [
      'the last names',
      'FROM x\n# dockerfile-optimizer-ignore no-aa, no-bb,no-cc: why\nRUN apple\n',
      'FROM x\n# dockerfile-optimizer-ignore no-aa: why\nRUN apple\n',
    ],
  ])('loses %s', (_, text, expected) => {
    expect(fixed(text)).toBe(expected);
  });
  it('stays where the next line would become a directive', () => {
    const text = '# dockerfile-optimizer-ignore no-aa\n# escape=`\nFROM x\n';
    expect(unused(text)).toHaveLength(1);
    expect(fixed(text)).toBe(text);
  });
  it('is a choice of yours to remove when another tool obeys it too', () => {
    const text =
      '# hadolint global ignore=DL3008\nFROM x\n# checkov:skip=CKV_DOCKER_98\n# trivy:ignore:DS-9998\nRUN c\n';
    const findings = unused(text);
    expect(findings.map(({ message }) => message)).toEqual([
      '`DL3008` reports nothing here',
      '`CKV_DOCKER_98` reports nothing here',
      '`DS-9998` reports nothing here',
    ]);
    expect(findings.flatMap(({ fixes }) => fixes.map(({ safety }) => safety))).toEqual(['unsafe', 'unsafe', 'unsafe']);
    expect(fixed(text)).toBe(text);
    expect(engine.fixAll(text, { upTo: 'unsafe' }).text).toBe('FROM x\nRUN c\n');
  });
  it('names ids that another tool has not', () => {
    const text = 'FROM x\n# hadolint ignore=DL3909\n# trivy:ignore:DS-7777\n# checkov:skip=CKV_DOCKER_77\nRUN c\n';
    expect(unused(text).map(({ message }) => message.replace(/;.*/, ''))).toEqual([
      'Unknown rule `DL3909`',
      'Unknown rule `DS-7777`',
      'Unknown rule `CKV_DOCKER_77`',
    ]);
  });
  it('is left alone when the other tool checks more than Dockerfiles, or all is skipped', () => {
    expect(
      unused(
        '# check=skip=all\nFROM x\n# hadolint ignore=SC2086\n# trivy:ignore:AVD-AWS-0001\n# checkov:skip=CKV_SECRET_6\nRUN c\n',
      ),
    ).toEqual([]);
  });
  it('is left alone when its rule is off, fails or misses the build context', () => {
    const text = 'FROM x\n# dockerfile-optimizer-ignore no-aa, fails, asks\nRUN c\n';
    const silent = [
      ...rules,
      rule('fails', () => {
        throw new Error('x');
      }),
      rule('asks', (context) => ({ file: () => void context.buildContext })),
    ];
    const config = resolveConfig(
      withRuleChoices(defaultConfig, [['no-aa', 'off']], silent).config,
      silent,
      'Dockerfile',
    );
    const { findings } = createEngine({ rules: silent, knowledge }).lint(text, { config });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['internal-error']);
  });
  it('can be silenced by name', () => {
    expect(
      found(
        '# dockerfile-optimizer-ignore-file unused-suppression\nFROM x\n# dockerfile-optimizer-ignore no-aa\nRUN c',
      ),
    ).toEqual([]);
  });
  it('needs exactly our word', () => {
    expect(found('FROM x\n# dockerfile-optimizer-ignored no-aa\n# dockerfile-optimizer-ignore-all\nRUN apple')).toEqual(
      ['no-aa:4'],
    );
  });
});

/** The knowledge of the tests says that today is 2026-11-24. */
describe('a comment with a date', () => {
  function faults(text: string, use = engine) {
    return use
      .lint(text)
      .findings.filter(({ ruleId }) => ruleId === 'expired-suppression')
      .map(({ message, span, fixes }) => [
        text.slice(span.start, span.end),
        message,
        ...fixes.map(({ title, safety }) => `${safety}: ${title}`),
      ]);
  }
  const own = (rest: string) => `FROM x\n# dockerfile-optimizer-ignore no-aa${rest}\nRUN apple\n`;
  it.each([
    ['its last day', own(': why; until 2026-11-24')],
    ['a later day', own(': why; until 2027-03-01')],
    ['a date without a reason', own(': until 2027-03-01')],
    ['a date after the names', own('; until 2027-03-01')],
    ['a reason that begins with until', own(': until upstream answers')],
    ['a leap day', own(': why; Until 2028-02-29')],
    ['hadolint', 'FROM x\n# hadolint ignore=DL3008 # why; until 2027-03-01\nRUN apple\n'],
    ['hadolint with a colon', 'FROM x\n# hadolint ignore=DL3008: why; until 2027-03-01\nRUN apple\n'],
    ['checkov', 'FROM x\nRUN apple\n# checkov:skip=CKV_DOCKER_98:why; until 2027-03-01\n'],
    ['trivy', 'FROM x\n# trivy:ignore:DS-9998:exp:2026-11-25\nRUN apple\n'],
  ])('silences on %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
  it.each([
    ['for an instruction', own(': why; until 2026-11-23'), '2026-11-23', '`no-aa`'],
    [
      'in hadolint’s form',
      'FROM x\n# hadolint ignore=DL3008 why; until 2026-11-23\nRUN apple\n',
      '2026-11-23',
      '`DL3008`',
    ],
    ['in Trivy’s form', 'FROM x\n# trivy:ignore:DS-9998:exp:2026-11-24\nRUN apple\n', '2026-11-24', '`DS-9998`'],
  ])('silences nothing after it, and is reported: %s', (_, text, at, name) => {
    expect(found(text)).toEqual(['expired-suppression:2', 'no-aa:3']);
    expect(faults(text)).toEqual([
      [at, `${name} is reported again since 2026-11-24: the comment expired`, 'unsafe: Remove the comment'],
    ]);
  });
  it('is reported for all rules, and not as unused', () => {
    const text = 'FROM x\n# dockerfile-optimizer-ignore: why; until 2026-01-31\nRUN c\n';
    expect(faults(text)[0]?.[1]).toBe('All rules report again since 2026-02-01: the comment expired');
    expect(found(text)).toEqual(['expired-suppression:2']);
  });
  it('stays visible under a comment for all rules', () => {
    const text = `# dockerfile-optimizer-ignore-file: why\n${own(': why; until 2026-11-23')}`;
    expect(found(text)).toEqual(['expired-suppression:3']);
  });
  it('has its own date for each of Trivy’s ids', () => {
    const text = 'FROM x\n# trivy:ignore:DS-9998:exp:2026-01-01 trivy:ignore:no-bb:exp:2027-01-01\nRUN apple berry\n';
    expect(faults(text)).toEqual([['2026-01-01', '`DS-9998` is reported again since 2026-01-01: the comment expired']]);
    expect(found(text)).toEqual(['expired-suppression:2', 'no-aa:3']);
  });
  it.each([
    ['2027-02-30', 'manual: Write the date as `YYYY-MM-DD`'],
    ['2027/3/1', 'unsafe: Replace `2027/3/1` with `2027-03-01`'],
    ['next spring', 'manual: Write the date as `YYYY-MM-DD`'],
    ['', 'manual: Write the date as `YYYY-MM-DD`'],
  ])('%j is no date: reported there, and it silences', (date, fix) => {
    const text = own(`: why; until ${date}`);
    expect(faults(text)).toEqual([[date, `\`${date}\` is not a date, so this comment never expires`, fix]]);
    expect(found(text)).toEqual(['expired-suppression:2']);
  });
  it('never expires without a clock', () => {
    const { findings } = createEngine({ rules, knowledge: createKnowledgeBase() }).lint(own(': why; until 2020-01-01'));
    expect(findings).toEqual([]);
  });
  it('is left out when comments suppress nothing at all', () => {
    const config = { ...resolveConfig(defaultConfig, rules, ''), hasSuppressions: false };
    expect(found(own('; until 2026-01-01'), { config })).toEqual(['no-aa:3']);
  });
});

describe('a comment without a reason', () => {
  const { config } = withRuleChoices(defaultConfig, [['require-suppression-reason', 'warning']], rules);
  const strict = resolveConfig(config, rules, '');
  const missing = (comment: string) =>
    engine
      .lint(`FROM x\n${comment}\nRUN apple\n`, { config: strict })
      .findings.filter(({ ruleId }) => ruleId === 'require-suppression-reason')
      .map(({ fixes }) => fixes[0]?.title);
  it.each([
    ['# dockerfile-optimizer-ignore no-aa', 'no-aa'],
    ['# dockerfile-optimizer-ignore no-aa: ', 'no-aa'],
    ['# dockerfile-optimizer-ignore no-aa; until 2027-01-01', 'no-aa'],
    ['# dockerfile-optimizer-ignore-file', 'dockerfile-optimizer-ignore-file'],
    ['# hadolint ignore=DL3008', 'DL3008'],
    ['# checkov:skip=CKV_DOCKER_98', 'CKV_DOCKER_98'],
    ['# trivy:ignore:DS-9998', 'DS-9998'],
  ])('is reported where that is on: %s', (comment, name) => {
    expect(missing(comment)).toEqual([`Add the reason after a colon: \`${name}: why\``]);
    expect(found(`FROM x\n${comment}\nRUN apple\n`)).toEqual([]);
  });
  it.each([
    '# dockerfile-optimizer-ignore no-aa: why',
    '# dockerfile-optimizer-ignore: why; until 2027-01-01',
    '# hadolint ignore=DL3008 # why',
    '# checkov:skip=CKV_DOCKER_98:why',
    '# why trivy:ignore:DS-9998',
    '# check=skip=NoAA',
  ])('is not %s', (comment) => {
    expect(missing(comment)).toEqual([]);
  });
});

describe('a failed rule', () => {
  it('is silenced by name alone', () => {
    const failing = createEngine({
      rules: [
        rule('fails', () => {
          throw new Error('x');
        }),
      ],
      knowledge,
    });
    const ids = (text: string) => failing.lint(text).findings.map(({ ruleId }) => ruleId);
    expect(ids('# dockerfile-optimizer-ignore-file\nFROM x')).toEqual(['internal-error']);
    expect(ids('# dockerfile-optimizer-ignore-file internal-error\nFROM x')).toEqual([]);
  });
});

describe('edits that silence', () => {
  const names = createRuleNames(rules);
  const setupFor = (text: string, isSeparate = false) => ({
    dockerfile: engine.lint(text).dockerfile,
    names,
    today: knowledge.today,
    isSeparate,
  });
  function onInstruction(text: string, at: string, ruleId = 'no-aa') {
    const edit = ignoreOnInstruction(setupFor(text), ruleId, text.indexOf(at));
    return edit && applyEdits(text, [edit]);
  }
  function inFile(text: string, ruleId = 'no-aa') {
    const edit = ignoreInFile(setupFor(text), ruleId);
    return edit && applyEdits(text, [edit]);
  }
  const comment = '# dockerfile-optimizer-ignore no-aa';
  it.each([
    ['a line above', 'FROM x\nRUN b \\\n apple\n', 'apple', `FROM x\n${comment}\nRUN b \\\n apple\n`],
    ['with its indent', 'FROM x\n\tRUN apple', 'apple', `FROM x\n\t${comment}\n\tRUN apple`],
    ['with its line end', 'FROM x\r\nRUN apple\r\n', 'apple', `FROM x\r\n${comment}\r\nRUN apple\r\n`],
    ['behind directives', '# escape=`\nFROM apple', 'apple', `# escape=\`\n${comment}\nFROM apple`],
    ['behind a byte order mark', '\ufeffFROM apple', 'apple', `\ufeff${comment}\nFROM apple`],
    [
      'one more name',
      'FROM x\n# dockerfile-optimizer-ignore no-bb: why\nRUN apple berry',
      'apple',
      'FROM x\n# dockerfile-optimizer-ignore no-bb, no-aa: why\nRUN apple berry',
    ],
    ['once', `FROM x\n${comment}\nRUN apple`, 'apple', undefined],
    ['nothing outside instructions', '# text\nFROM apple', 'text', undefined],
  ])('add %s for an instruction', (_, text, at, expected) => {
    const result = onInstruction(text, at);
    expect(result).toBe(expected);
    if (result) expect(engine.lint(result).findings.filter(({ ruleId }) => ruleId === 'no-aa')).toEqual([]);
  });
  it('add a comment below one that has expired, and for a reason of its own', () => {
    const expired = 'FROM x\n# dockerfile-optimizer-ignore no-aa: why; until 2026-01-01\nRUN apple';
    expect(onInstruction(expired, 'apple')).toBe(expired.replace('RUN', `${comment}\nRUN`));
    const other = 'FROM x\n# dockerfile-optimizer-ignore no-bb: why\nRUN apple berry';
    const edit = ignoreOnInstruction(setupFor(other, true), 'no-aa', other.indexOf('apple'));
    expect(edit && applyEdits(other, [edit])).toBe(other.replace('RUN', `${comment}\nRUN`));
  });
  const fileComment = '# dockerfile-optimizer-ignore-file no-aa';
  it.each([
    ['at the top', 'FROM apple\n', `${fileComment}\nFROM apple\n`],
    [
      'above other comments',
      '# Licence\n# escape=x\nFROM apple\n',
      `${fileComment}\n# Licence\n# escape=x\nFROM apple\n`,
    ],
    [
      'below directives',
      '# syntax=docker/dockerfile:1\r\n# escape=`\r\n# text\r\nFROM apple\r\n',
      `# syntax=docker/dockerfile:1\r\n# escape=\`\r\n${fileComment}\r\n# text\r\nFROM apple\r\n`,
    ],
    ['below a shebang', '#!/x\n# syntax=a\nFROM apple', `#!/x\n# syntax=a\n${fileComment}\nFROM apple`],
    ['below a directive in `//`', '// syntax=a\nFROM apple', `// syntax=a\n${fileComment}\nFROM apple`],
    ['below a directive without a line end', '# syntax=a', `# syntax=a\n${fileComment}\n`],
    ['behind a byte order mark', '\ufeffFROM apple', `\ufeff${fileComment}\nFROM apple`],
    [
      'one more name',
      'FROM apple\n# dockerfile-optimizer-ignore-file no-bb\nRUN berry',
      'FROM apple\n# dockerfile-optimizer-ignore-file no-bb, no-aa\nRUN berry',
    ],
    ['once', `${fileComment}\nFROM apple`, undefined],
  ])('add %s for a file', (_, text, expected) => {
    const result = inFile(text);
    expect(result).toBe(expected);
    if (!result) return;
    const before = engine.lint(text).dockerfile;
    const { dockerfile, findings } = engine.lint(result);
    expect(dockerfile.directives.map(({ name, value }) => [name, value])).toEqual(
      before.directives.map(({ name, value }) => [name, value]),
    );
    expect(findings.filter(({ ruleId }) => ruleId === 'no-aa')).toEqual([]);
  });
});
