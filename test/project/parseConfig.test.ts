import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfig, resolveConfig, withRuleChoices } from '../../server/src/engine/config';
import { parseConfig } from '../../server/src/project/parseConfig';
import { replaceRule } from '../engine/testRules';

const rules = [
  replaceRule('no-foo', 'foo', undefined, { meta: { aliases: ['DL3008', 'NoFoo'], severity: 'warning' } }),
  replaceRule('no-bar', 'bar', undefined, { meta: { recommended: false, severity: 'info' } }),
];

function read(text: string, fileName = '.dockerfile-optimizer.yaml') {
  return parseConfig(text, fileName, rules);
}

function severities(text: string, path = 'Dockerfile') {
  const { config, problems } = read(text);
  expect(problems).toEqual([]);
  const effective = resolveConfig(config, rules, path);
  return [effective.severityOf('no-foo'), effective.severityOf('no-bar')];
}

describe('parseConfig and resolveConfig', () => {
  it('lets editors name the schema', () => {
    expect(parseConfig('{"$schema": "config.schema.json", "rules": {}}', 'a.json', rules).problems).toEqual([]);
  });

  it('takes a baseline below its own folder and no other', () => {
    for (const path of ['known.json', './docker/known.json', 'a/..b.json'])
      expect(read(`baseline: ${path}`)).toMatchObject({ problems: [], config: { baseline: path } });
    for (const path of ['/etc/passwd', '../known.json', 'a/../../b.json', '"..\\\\b.json"', 'C:/b.json', '~/b.json']) {
      const { config, problems } = read(`baseline: ${path}`);
      expect(problems.map(({ message }) => message)).toEqual([
        'baseline: expected a path inside the folder of this configuration',
      ]);
      expect(config.baseline).toBeUndefined();
    }
  });

  it('reads sizes and layers of a budget', () => {
    const budget = (text: string) => {
      const { config, problems } = read(`budget: ${text}`);
      return [config.settings.budget, ...problems.map(({ message }) => message)];
    };
    expect(budget('{image: 200MB, layers: 12}')).toEqual([{ image: 200_000_000, layers: 12 }]);
    expect(budget('{image: 1.5 gb}')).toEqual([{ image: 1_500_000_000 }]);
    expect(budget('{image: 200, layers: many, x: 1}')).toEqual([
      {},
      'budget.image: expected a size such as 200MB',
      'budget.layers: expected a number',
      'Unknown key "budget.x"',
    ]);
  });

  it('takes the recommended rules when nothing is said', () => {
    for (const text of ['', '# only a comment\n', '{}', 'rules: {}'])
      expect(severities(text)).toEqual(['warning', 'off']);
  });
  it('keeps to what hadolint tells with extends: hadolint', () => {
    const dialectOf = (text: string) => resolveConfig(read(text).config, rules, 'Dockerfile').settings.dialect;
    expect(dialectOf('extends: hadolint')).toBe('hadolint');
    expect(dialectOf('extends: all')).toBeUndefined();
  });
  it('takes all rules with extends: all', () => {
    expect(severities('extends: all')).toEqual(['warning', 'info']);
  });
  it('sets severities by id and by alias in any case', () => {
    expect(severities('rules:\n  dl3008: off\n  no-bar: error\n')).toEqual(['off', 'error']);
    expect(severities('rules:\n  NoFoo: [hint]\n')).toEqual(['hint', 'off']);
  });
  it('keeps the built-in rules on unless they are switched off', () => {
    const on = resolveConfig(defaultConfig, rules, 'Dockerfile');
    expect(['parse-error', 'internal-error', 'unused-suppression'].map(on.severityOf)).toEqual([
      'error',
      'error',
      'info',
    ]);
    const { config } = read('rules: { unused-suppression: off, parse-error: hint }');
    const changed = resolveConfig(config, rules, 'Dockerfile');
    expect(['parse-error', 'unused-suppression'].map(changed.severityOf)).toEqual(['hint', 'off']);
  });
  it('lets later overrides for a path win', () => {
    const text = `
rules: { no-foo: error }
overrides:
  - files: ['dev/**', '*.dev.Dockerfile']
    rules: { no-foo: off, no-bar: info }
  - files: dev/special/Dockerfile
    rules: { no-foo: hint }
`;
    expect(severities(text)).toEqual(['error', 'off']);
    expect(severities(text, 'dev/Dockerfile')).toEqual(['off', 'info']);
    expect(severities(text, 'a/b/x.dev.Dockerfile')).toEqual(['off', 'info']);
    expect(severities(text, 'dev\\special\\Dockerfile')).toEqual(['hint', 'info']);
  });
  it('reads JSON, also with tabs', () => {
    const { config, problems } = read('{\n\t"rules": {\n\t\t"no-foo": "off"\n\t}\n}', 'x.json');
    expect(problems).toEqual([]);
    expect(config.rules.get('no-foo')).toBe('off');
  });
  it('reads YAML anchors', () => {
    expect(
      severities('rules: &r\n  no-foo: &s error\n  no-bar: *s\noverrides:\n  - files: x\n    rules: *r\n'),
    ).toEqual(['error', 'error']);
  });
  it.each([
    ['extend: all', 1, 'Unknown key "extend"; did you mean "extends"?'],
    ['extends: everything', 1, 'extends: expected "recommended", "strict", "security", "all", "hadolint"'],
    ['extends: [all]', 1, 'extends: expected "recommended", "strict", "security", "all", "hadolint"'],
    ['rules:\n  no-fo: off', 2, 'Unknown rule "no-fo"; did you mean "no-foo"?'],
    ['rules:\n  something-else: off', 2, 'Unknown rule "something-else"'],
    ['rules:\n  no-foo: fatal', 2, 'no-foo: expected "off", "hint", "info", "warning", "error"'],
    ['rules:\n  no-foo: false', 2, 'no-foo: expected "off", "hint", "info", "warning", "error"'],
    ['rules:\n  no-foo:\n', 2, 'no-foo: expected "off", "hint", "info", "warning", "error"'],
    ['rules:\n  no-foo: []\n', 2, 'no-foo: expected "off", "hint", "info", "warning", "error"'],
    ['rules:\n  no-foo: [error, { a: 1 }]', 2, 'no-foo: this rule takes no options'],
    ['rules: off', 1, 'Expected rules to be a map of names and values'],
    ['rules:', 1, 'Expected rules to be a map of names and values'],
    ['- rules', 1, 'Expected the configuration to be a map of names and values'],
    ['just text', 1, 'Expected the configuration to be a map of names and values'],
    ['overrides:\n  files: x', 2, 'overrides: expected a list'],
    ['overrides:\n  - rules: {}', 2, 'overrides: expected "files" with at least one glob'],
    ['overrides:\n  - files: [1]', 2, 'overrides: expected "files" with at least one glob'],
    ['overrides:\n  - x', 2, 'Expected an override to be a map of names and values'],
    ['overrides:\n  - files: x\n    rule: {}', 3, 'Unknown key "rule"; did you mean "rules"?'],
    ['? [a]\n: b', 1, 'Expected a name'],
    ['strictLabels: yes please', 1, 'strictLabels: expected true or false'],
    ['targetStage: [a]', 1, 'targetStage: expected the name or index of a stage'],
    ['buildArgs:\n  A: [1]', 2, 'buildArgs: expected a value for A'],
    ['approvedImages:\n  - node\n  - "a b"', 3, 'approvedImages: no image matches "a b"'],
    ['trustedRegistries: [1]', 1, 'trustedRegistries: expected a list of strings'],
    ['failOn: fatal', 1, 'failOn: expected "error", "warning", "info", "hint", "never"'],
  ])('says what is wrong in %j', (text, line, message) => {
    expect(read(text).problems).toEqual([{ line, message }]);
  });
  it('gives YAML errors with their line, and the defaults', () => {
    const { config, problems } = read('extends: all\nrules:\n  no-foo: [off\n');
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]?.line).toBeGreaterThanOrEqual(3);
    expect(config).toBe(defaultConfig);
  });
  it('keeps what is right beside what is wrong', () => {
    const { config } = read('rules:\n  nope: off\n  no-foo: error');
    expect([...config.rules]).toEqual([['no-foo', 'error']]);
  });
  it('takes names of Object.prototype for unknown names', () => {
    const text =
      '__proto__: { x: 1 }\nconstructor: 1\nrules:\n  __proto__: off\n  toString: off\n  constructor: error\n';
    const { config, problems } = read(text);
    expect(problems.map(({ line }) => line)).toEqual([1, 2, 4, 5, 6]);
    expect(config.rules.size).toBe(0);
    expect(resolveConfig(config, rules, 'x').severityOf('constructor')).toBe('off');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
  it('says what is wrong in verify, which would silently compare something else', () => {
    const { config, problems } = read(
      'verify:\n  ignore: [files, ouput]\n  http: [health, { path: "http://localhost/" }, /]\n  startSeconds: soon\n',
    );
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^verify\.ignore: expected "build", .*"output"/),
      'verify.http: expected a path, such as /health',
      'verify.http: expected a path, such as /health',
      'verify.startSeconds: expected a number',
    ]);
    expect(config.verify).toMatchObject({ ignore: ['files'], startSeconds: 60 });
  });

  it('never throws', () => {
    const part = fc.constantFrom(
      'rules',
      ':',
      ' ',
      '\n',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&a',
      '*a',
      '"',
      '!!x',
      '%',
      '? ',
      'no-foo',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), fc.constantFrom('a.yaml', 'a.json'), (parts, name) => {
        resolveConfig(read(parts.join(''), name).config, rules, 'Dockerfile');
      }),
    );
  });
});

describe('withRuleChoices', () => {
  it('wins over rules and overrides', () => {
    const { config } = read('rules: { no-foo: off }\noverrides: [{ files: "*", rules: { no-foo: hint } }]');
    const changed = withRuleChoices(config, [['DL3008', 'error']], rules);
    expect(changed.problems).toEqual([]);
    expect(resolveConfig(changed.config, rules, 'Dockerfile').severityOf('no-foo')).toBe('error');
  });
  it('says which choice is wrong', () => {
    const { problems } = withRuleChoices(
      defaultConfig,
      [
        ['no-fooo', 'off'],
        ['no-bar', 'loud'],
      ],
      rules,
    );
    expect(problems.map(({ message }) => message)).toEqual([
      'Unknown rule "no-fooo"; did you mean "no-foo"?',
      'no-bar: expected "off", "hint", "info", "warning", "error"',
    ]);
  });
});
