import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../server/src/engine/config';
import { createEngine } from '../../server/src/engine/createEngine';
import { parseConfig } from '../../server/src/project/parseConfig';
import { replaceRule } from '../engine/testRules';
import { testKnowledge as knowledge } from '../helpers/testKnowledge';

const rules = [
  replaceRule('no-foo', 'foo', undefined, { meta: { aliases: ['DL3008'], severity: 'info' } }),
  replaceRule('no-bar', 'bar', undefined, {
    meta: { aliases: ['DL3057'], group: 'maintainability', recommended: false, severity: 'info' },
  }),
  replaceRule('no-baz', 'baz', undefined, { meta: { severity: 'warning' } }),
];

function read(text: string) {
  return parseConfig(text, '/home/x/.hadolint.yaml', rules);
}

function severities(text: string, name = '.hadolint.yaml') {
  const { config, problems } = parseConfig(text, name, rules);
  expect(problems).toEqual([]);
  const { severityOf } = resolveConfig(config, rules, 'Dockerfile');
  return ['no-foo', 'no-bar', 'no-baz'].map(severityOf);
}

describe('.hadolint.yaml', () => {
  it('starts from our recommended rules', () => {
    expect(severities('')).toEqual(['info', 'off', 'warning']);
    expect(severities('no-color: true\nformat: tty\nverbose: false\n')).toEqual(['info', 'off', 'warning']);
  });
  it('ignores rules, whatever severity it gives them', () => {
    expect(severities('ignored: [DL3008]\noverride: { error: [DL3008] }')).toEqual(['off', 'off', 'warning']);
    expect(severities('ignored: DL3008', '.hadolint.yml')).toEqual(['off', 'off', 'warning']);
  });
  it('gives severities, which also switch on', () => {
    expect(severities('override:\n  error: [DL3008]\n  style:\n    - DL3057\n')).toEqual(['error', 'hint', 'warning']);
  });
  it('takes codes of ShellCheck', () => {
    const { config, problems } = read('ignored: [SC2086]\noverride: { error: [sc1091] }');
    expect(problems).toEqual([]);
    const { choiceOf } = resolveConfig(config, rules, 'Dockerfile');
    expect(['SC2086', 'SC1091', 'SC2046'].map(choiceOf)).toEqual(['off', 'error', undefined]);
  });
  it('tells rules about registries and labels', () => {
    const { config, problems } = read(
      'trustedRegistries: [docker.io, "*.gcr.io"]\nstrict-labels: true\nlabel-schema: { version: semver, note: rawText }\n',
    );
    expect(problems).toEqual([]);
    expect(config.settings).toMatchObject({ trustedRegistries: ['docker.io', '*.gcr.io'], strictLabels: true });
    expect([...config.settings.labelSchema]).toEqual([
      ['version', 'semver'],
      ['note', 'rawtext'],
    ]);
    expect(read('trustedRegistries: docker.io').config.settings.trustedRegistries).toEqual(['docker.io']);
  });
  it.each([
    ['failure-threshold: style', 'hint'],
    ['failure-threshold: none', 'never'],
    ['no-fail: true', 'never'],
    ['no-fail: false', undefined],
  ])('fails from a severity on: %s', (text, failOn) => {
    expect(read(text).config.failOn).toBe(failOn);
  });
  it('lets comments silence nothing with disable-ignore-pragma', () => {
    const engine = createEngine({ rules, knowledge });
    const text = 'FROM x\n# hadolint ignore=DL3008\nRUN foo';
    const lint = (yaml: string) =>
      engine.lint(text, { config: resolveConfig(read(yaml).config, rules, 'Dockerfile') }).findings.length;
    expect([lint('disable-ignore-pragma: false'), lint('disable-ignore-pragma: true')]).toEqual([0, 1]);
  });
  it.each([
    ['ignore: [DL3008]', 1, 'Unknown key "ignore"; did you mean "ignored"?'],
    ['ignored:\n  - DL9999', 2, 'Unknown rule "DL9999"'],
    ['override:\n  fatal: [DL3008]', 2, 'Unknown severity "fatal"'],
    [
      'label-schema:\n  a: number',
      2,
      'label-schema: expected "text", "rawtext", "url", "semver", "hash", "rfc3339", "spdx", "email"',
    ],
  ])('says what is wrong in %j', (text, line, message) => {
    const [problem] = read(text).problems;
    expect({ ...problem, message: problem?.message.replace(/(DL9999").*/, '$1') }).toEqual({ line, message });
  });
});

describe('presets', () => {
  it.each([
    ['recommended', ['info', 'off', 'warning']],
    ['strict', ['warning', 'warning', 'warning']],
    ['security', ['off', 'off', 'off']],
    ['all', ['info', 'info', 'warning']],
    ['hadolint', ['warning', 'off', 'off']],
  ])('%s', (preset, expected) => {
    expect(severities(`extends: ${preset}`, 'x.yaml')).toEqual(expected);
  });
});

describe('error=true', () => {
  it("makes BuildKit's checks errors", () => {
    const checks = [replaceRule('no-foo', 'foo', undefined, { meta: { aliases: ['NoFoo'] } }), ...rules.slice(1)];
    const engine = createEngine({ rules: checks, knowledge });
    const severity = (head: string) => engine.lint(`${head}FROM x\nRUN foo baz`).findings.map((one) => one.severity);
    expect(severity('# check=error=true\n')).toEqual(['error', 'warning']);
    expect(severity('# check=error=false\n')).toEqual(['warning', 'warning']);
  });
});
