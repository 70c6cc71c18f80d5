import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createAnalyzer } from '../../server/src/analyzer';
import { configOf, resolveConfig } from '../../server/src/engine/config';
import { patternLibrary } from '../../server/src/patternLibrary';
import { parseConfig } from '../../server/src/project/parseConfig';

const engine = createAnalyzer({ now: () => new Date('2026-11-24T12:00:00Z') });
const root = join(import.meta.dirname, '../..');

function read(text: string) {
  return parseConfig(text, '.dockerfile-optimizer.yaml', engine.rules, undefined, () => patternLibrary);
}

/** The text that each finding of the custom rules marks. */
function marked(match: string, code: string) {
  const { config, problems } = read(`customRules: { acme-x: { message: No, match: ${match} } }`);
  expect(problems).toEqual([]);
  const { customRules } = config;
  const only = { ...configOf((id) => (id === 'acme-x' ? 'warning' : 'off')), customRules };
  return engine.lint(code, { config: only }).findings.map(({ span }) => code.slice(span.start, span.end));
}

describe('a match', () => {
  it.each([
    ['{ instruction: ADD }', 'FROM a\nADD b /c\nCOPY b /c\n', ['ADD']],
    ['{ instruction: [add, copy], pattern: "^ b" }', 'FROM a\nADD b /c\nCOPY c /c\n', [' b']],
    ['{ command: npm install }', 'FROM a\nRUN npm -s install x && npm ci\n', ['npm -s install']],
    ['{ command: [npm ci, yarn] }', 'FROM a\nRUN npm ci; yarn\nCMD yarn start\n', ['npm ci', 'yarn', 'yarn']],
    ['{ command: "pip install *" }', 'FROM a\nRUN pip3 install x && python -m pip install\n', ['pip3 install x']],
    ['{ command: curl, options: [-k] }', 'FROM a\nRUN curl -sk x && curl x\n', ['-sk']],
    ['{ command: npm ci, withoutOptions: --x }', 'FROM a\nRUN npm ci --x=1 && npm ci\n', ['npm ci']],
    ['{ command: curl, pattern: "http://\\\\S+" }', 'FROM a\nRUN curl \\\n  http://b | sh\n', ['http://b']],
    ['{ command: curl, unless: --fail }', 'FROM a\nRUN curl --fail b && curl c\n', ['curl']],
    [
      '{ image: "node:18*" }',
      'FROM node:18-slim\nCOPY --from=node:18 /a /b\nFROM node:22\n',
      ['node:18-slim', 'node:18'],
    ],
    ['{ image: "*", unless: "@sha256:" }', 'FROM node:18 AS b\nFROM b\nFROM scratch\n', ['node:18']],
    ['{ variable: "*_PROXY" }', 'FROM a\nENV HTTP_PROXY=x B=c\nARG NO_PROXY\n', ['HTTP_PROXY', 'NO_PROXY']],
    ['{ variable: "*", pattern: "^http:" }', 'FROM a\nENV A="http://b" C=d\n', ['http:']],
    ['{ pattern: "a  b" }', 'FROM a\nRUN x a \\\n# comment\n b\n', ['a \\\n# comment\n b']],
    ['{ instruction: RUN, pattern: secret }', 'FROM a\nRUN <<E\necho secret\nE\n', ['secret']],
    ['{ instruction: RUN, stage: final }', 'FROM a\nRUN b\nFROM c\nRUN d\n', ['RUN']],
    ['[{ instruction: USER, pattern: root }, { command: sudo }]', 'FROM a\nUSER root\nRUN sudo -E x\n', ['root']],
    ['{ pattern: "(?i)💡x" }', 'FROM a\nLABEL a="💡X" b=c\n', ['💡X']],
    ['{ instruction: ENV }', 'FROM a\nONBUILD ENV b=c\n', ['ENV']],
  ])('%s', (match, code, expected) => {
    expect(marked(match, code)).toEqual(expected);
  });
});

describe('mistakes', () => {
  it.each([
    ['customRules: 1', 1, 'Expected customRules to be a map of names and values'],
    ['customRules:\n  Acme: {}', 2, 'customRules: "Acme" is not an ID; write lower-case words with "-" between them'],
    [
      'customRules:\n  no-sudo:\n    message: a\n    match: {instruction: RUN}',
      2,
      'customRules: "no-sudo" is the name of a built-in rule',
    ],
    ['customRules:\n  a-b:\n    match: {instruction: RUN}', 2, '"message" is missing'],
    ['customRules:\n  a-b:\n    message: c', 2, '"match" is missing'],
    [
      'customRules:\n  a-b:\n    message: c\n    match: {}',
      4,
      'match: expected at least one of instruction, stage, command, options, withoutOptions, image, variable, pattern, unless',
    ],
    ['customRules:\n  a-b:\n    message: c\n    matches: {}', 4, 'Unknown key "matches"; did you mean "match"?'],
    [
      'customRules:\n  a-b:\n    message: c\n    match: {image: a, variable: b}',
      4,
      'match: expected only one of image, variable',
    ],
    ['customRules:\n  a-b:\n    message: c\n    match:\n      options: -x', 5, 'match: options need a command'],
    [
      'customRules:\n  a-b:\n    message: c\n    match:\n      pattern: "(?=a)"',
      5,
      'pattern: not a pattern of RE2: invalid or unsupported Perl syntax: `(?=`',
    ],
    [
      'customRules:\n  a-b:\n    message: c\n    match:\n      pattern: "(a{1,999}b){1,999}"',
      5,
      'pattern: not a pattern of RE2: expression too large',
    ],
    [
      'customRules:\n  a-b:\n    message: c\n    match:\n      pattern: "(?:a?b){900}"',
      5,
      'pattern: not a pattern of RE2: the pattern is too large',
    ],
    [
      `customRules:\n  a-b:\n    message: c\n    match:\n      pattern: ${'a'.repeat(501)}`,
      5,
      'pattern: expected a text of at most 500 characters',
    ],
    ['customRules:\n  a-b:\n    message: c\n    match: {image: "a b"}', 4, 'image: no image matches "a b"'],
    [
      'customRules:\n  a-b:\n    message: c\n    url: javascript:x\n    match: {command: a}',
      4,
      'url: expected an address with http:// or https://',
    ],
    [
      'customRules:\n  a-b:\n    message: c\n    severity: bad\n    match: {command: a}',
      4,
      'severity: expected "error", "warning", "info", "hint"',
    ],
    [
      'customRules:\n  a-b:\n    message: c\n    match: {pattern: (a)}\n    fix:\n      replacement: $2',
      6,
      'replacement: no group "2" in the pattern',
    ],
    [
      'customRules:\n  a-b:\n    message: c\n    match: {command: a}\n    fix:\n      replacement: $<constructor>',
      6,
      'replacement: no group "constructor" in the pattern',
    ],
    [
      'customRules:\n  a-b:\n    message: c\n    match: {command: a}\nrules:\n  a-c: off',
      6,
      'Unknown rule "a-c"; did you mean "a-b"?',
    ],
  ])('%j is reported with its line', (text, line, message) => {
    expect(read(text).problems[0]).toEqual({ line, message });
  });
  it('bound the number of rules', () => {
    const rules = Array.from({ length: 101 }, (_, index) => `  a-${index}: {message: b, match: {command: c}}`);
    const { config, problems } = read(`customRules:\n${rules.join('\n')}\n`);
    expect(config.customRules).toHaveLength(100);
    expect(problems).toEqual([{ line: 102, message: 'customRules: more than 100 rules' }]);
  });
  it('leave out the rule and keep the others', () => {
    const { config } = read('customRules:\n  a-b: {message: c}\n  a-c: {message: d, match: {command: e}}\n');
    expect(config.customRules.map(({ rule }) => rule.meta.id)).toEqual(['a-c']);
  });
  it('include a missing pattern library', () => {
    const text = 'customRules: {a-b: {message: c, match: {pattern: d}}}';
    expect(parseConfig(text, 'x.yaml', engine.rules).problems[0]?.message).toBe(
      'pattern: not a pattern of RE2: patterns cannot be used here',
    );
  });
});

describe('a custom rule', () => {
  const text = `customRules:
  acme-user:
    message: The user is app
    reason: The cluster expects it.
    url: https://acme.test/user
    files: ["a/**"]
    match: { instruction: USER, pattern: '(\\w+):(?P<group>\\w+)' }
    fix: { replacement: '$1:app$$\${X}$<group>', safety: safe }
`;
  const code = 'FROM scratch\nUSER me:us\n';
  const lint = (more: string, dockerfile = code, path = 'a/Dockerfile') => {
    const { config, problems } = read(text + more);
    expect(problems).toEqual([]);
    const options = { config: resolveConfig(config, engine.rules, path) };
    return {
      findings: engine
        .lint(dockerfile, options)
        .findings.filter(({ ruleId }) => !engine.rules.some(({ meta }) => meta.id === ruleId)),
      fixed: engine.fixAll(dockerfile, { ...options, upTo: 'safe', rules: new Set(['acme-user']) }).text,
    };
  };
  it('reports and fixes with the groups of its pattern, once', () => {
    const { findings, fixed } = lint('', 'FROM scratch\nUSER me:us\n');
    expect(findings).toMatchObject([{ ruleId: 'acme-user', severity: 'warning', message: 'The user is app' }]);
    expect(fixed).toContain('USER me:app');
  });
  it('belongs to its files only, also with another severity', () => {
    expect(lint('', code, 'b/Dockerfile').findings).toEqual([]);
    expect(lint('rules: { acme-user: error }\n', code, 'b/Dockerfile').findings).toEqual([]);
  });
  it.each(['recommended', 'hadolint', 'security'])('is on with extends: %s', (preset) => {
    expect(lint(`extends: ${preset}\n`).findings).toHaveLength(1);
  });
  it('is configured like any other', () => {
    expect(lint('rules: { acme-user: error }\n').findings[0]?.severity).toBe('error');
    expect(lint('rules: { acme-user: off }\n').findings).toEqual([]);
    expect(lint('overrides: [{ files: "a/*", rules: { acme-user: off } }]\n').findings).toEqual([]);
  });
  it('is suppressed by its ID, which is no unknown name', () => {
    const comment = '# dockerfile-optimizer-ignore acme-user: why';
    expect(lint('', `FROM scratch\n${comment}\nUSER me:us\n`).findings).toEqual([]);
    expect(lint('', `FROM scratch\n${comment}\nUSER me\n`).findings.map(({ ruleId }) => ruleId)).toEqual([
      'unused-suppression',
    ]);
  });
  it('settles where its fix does not remove the finding', () => {
    const { config } = read(
      'customRules: {a-b: {message: c, match: {pattern: x}, fix: {replacement: xx, safety: safe}}}',
    );
    const { text: fixed } = engine.fixAll('FROM scratch\nLABEL a=x\n', {
      upTo: 'safe',
      config: { ...configOf(() => 'warning'), customRules: config.customRules },
      rules: new Set(['a-b']),
    });
    expect(fixed.length).toBeLessThan(100_000);
  });
});

it('a pattern takes time in proportion to the text', () => {
  const code = `FROM a\nRUN ${'a'.repeat(60_000)}\n`;
  const [slow, plain] = ['(a+)+$b', 'c'].map((pattern) => {
    const start = performance.now();
    marked(`{ pattern: "${pattern}" }`, code);
    return performance.now() - start;
  });
  // Backtracking would not end.
  expect(slow).toBeLessThan(1000 + 100 * (plain ?? 0));
});

describe('the documentation', () => {
  const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');
  const yaml = (name: string) =>
    [...page(name).matchAll(/```yaml\n([\s\S]*?)```/g)]
      .map(([, text = '']) => text)
      .filter((text) => text.includes('customRules'));
  const schema = JSON.parse(readFileSync(join(root, 'schemas/config.schema.json'), 'utf8'));
  const isValid = new Ajv({ strict: false }).compile(schema);
  it.each(['configuration.md', 'ja/configuration.md'])('%s has a configuration without mistakes', (name) => {
    const [text = ''] = yaml(name);
    const { config, problems } = read(text);
    expect(problems).toEqual([]);
    expect(config.customRules.length).toBeGreaterThan(0);
    expect(isValid(parse(text)), JSON.stringify(isValid.errors)).toBe(true);
  });
  it.each([
    { customRules: { 'a-b': { message: 'c', match: { command: 'd' }, fixes: {} } } },
    { customRules: { 'a-b': { match: { command: 'd' } } } },
    { customRules: { 'A b': { message: 'c', match: { command: 'd' } } } },
    { customRules: { 'a-b': { message: 'c', match: {} } } },
    { customRules: { 'a-b': { message: 'c', match: { instruction: 'RNU' } } } },
  ])('its schema rejects %j', (config) => {
    expect(isValid(config)).toBe(false);
  });
});
