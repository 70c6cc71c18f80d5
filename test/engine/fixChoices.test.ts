import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/analyzer';
import { resolveConfig } from '../../server/src/engine/config';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { parseConfig } from '../../server/src/project/parseConfig';
import { writeConfig } from '../../server/src/project/writeConfig';

const engine = createAnalyzer({ now: () => new Date('2026-11-24T12:00:00Z') });
/** no-sudo has a safe fix, no-cleartext-url an unsafe one, no-latest-tag only advice. */
const TEXT = 'FROM alpine:latest\nRUN sudo wget -q -O /a http://downloads.acme.io/a\nUSER 1000\n';
const NO_SUDO = TEXT.replace('sudo ', '');

function configFor(rules: string) {
  const { config, problems } = parseConfig(rules, 'x.yaml', engine.rules);
  expect(problems).toEqual([]);
  return resolveConfig(config, engine.rules, 'dev/Dockerfile');
}

function fixesOf(rules: string, id: string) {
  const { findings } = engine.lint(TEXT, { config: configFor(rules) });
  const found = findings.filter(({ ruleId }) => ruleId === id);
  expect(found).not.toEqual([]);
  return found.flatMap(({ fixes }) => fixes.map(({ safety, choice }) => [safety, choice]));
}

function fixed(rules: string, upTo: 'safe' | 'unsafe' = 'safe') {
  const ids = new Set(['no-sudo', 'no-cleartext-url', 'no-latest-tag']);
  return engine.fixAll(TEXT, { config: configFor(rules), upTo, rules: ids });
}

describe('without a choice', () => {
  it('safe fixes are applied', () => {
    expect(fixed('').text).toBe(NO_SUDO);
  });
});

describe('always', () => {
  it('also applies unsafe fixes', () => {
    expect(fixed('rules: { no-cleartext-url: { fix: always } }').text).toBe(NO_SUDO.replace('http:', 'https:'));
  });
  it('leaves advice as it is', () => {
    expect(fixesOf('rules: { no-latest-tag: { fix: always } }', 'no-latest-tag')).toEqual([['manual', undefined]]);
  });
});

describe('explicit', () => {
  const rules = 'rules: { DL3004: { fix: explicit } }';
  it('offers the fix and never applies it', () => {
    expect(fixesOf(rules, 'no-sudo')).toEqual([['safe', 'explicit']]);
    for (const upTo of ['safe', 'unsafe'] as const) expect(fixed(rules, upTo).text).toContain('sudo');
    expect(fixed(rules).skipped.find(({ finding }) => finding.ruleId === 'no-sudo')?.reason).toBe('explicit');
  });
});

describe('never', () => {
  it('offers no fix, only advice', () => {
    expect(fixesOf('rules: { no-sudo: { fix: never } }', 'no-sudo')).toEqual([]);
    expect(fixesOf('rules: { no-latest-tag: { fix: never } }', 'no-latest-tag')).toEqual([['manual', undefined]]);
    expect(fixed('rules: { no-sudo: { fix: never } }', 'unsafe').text).toContain('sudo');
  });
});

describe('a configuration', () => {
  it('sets the severity beside it, and overrides both for some files', () => {
    const config = configFor(
      'rules: { no-sudo: { severity: error, fix: never } }\noverrides: [{ files: "dev/*", rules: { no-sudo: { fix: explicit } } }]',
    );
    expect(config.severityOf('no-sudo')).toBe('error');
    expect(config.fixes.get('no-sudo')).toBe('explicit');
  });
  it('does not turn a rule on', () => {
    expect(configFor('rules: { pin-apt-packages: { fix: never } }').severityOf('pin-apt-packages')).toBe('off');
  });
  it.each([
    ['rules:\n  no-sudo: { fix: sometimes }', 'no-sudo.fix: expected "always", "explicit", "never"'],
    ['rules:\n  no-sudo: { severity: bad }', 'no-sudo.severity: expected "off", "hint", "info", "warning", "error"'],
    ['rules:\n  no-sudo: { fxi: never }', 'Unknown key "fxi"; did you mean "fix"?'],
  ])('%j is reported with its line', (text, message) => {
    expect(parseConfig(text, 'x.yaml', engine.rules).problems).toEqual([{ line: 2, message }]);
  });
  it('is written as it was read', () => {
    const text = 'extends: recommended\nrules:\n  no-sudo:\n    severity: error\n    fix: never\n  no-root-user: off\n';
    const { config } = parseConfig(text, 'x.yaml', engine.rules);
    expect(writeConfig(config, 'x').replace('# x\n', '')).toBe(text.replace('no-root-user: off', 'no-root-user: off'));
  });
});

describe('Optimize Dockerfile', () => {
  const planWith = (rules: string, text = TEXT, level: 'safe' | 'all' = 'safe') =>
    createPlan(engine, text, { level, config: configFor(rules), preferCacheMounts: 'always' });
  const steps = (...args: Parameters<typeof planWith>) => planWith(...args).steps.map(({ id }) => id);
  it('has the step of a rule unless it is explicit or never', () => {
    expect(steps('')).toContain('no-sudo');
    expect(steps('rules: { no-sudo: { fix: explicit } }')).not.toContain('no-sudo');
    expect(steps('rules: { no-sudo: { fix: never } }')).not.toContain('no-sudo');
  });
  it('has the unsafe step of a rule at each level where it is always', () => {
    expect(steps('')).not.toContain('no-cleartext-url');
    const { steps: all } = planWith('rules: { no-cleartext-url: { fix: always } }');
    expect(all.find(({ id }) => id === 'no-cleartext-url')?.safety).toBe('unsafe');
  });
  it('leaves out a transform that does only what such rules report', () => {
    const text = 'FROM node:22-slim\nWORKDIR /a\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "a.js"]\n';
    const mounts = (rules: string) =>
      createPlan(engine, text, { level: 'all', config: configFor(rules), preferCacheMounts: 'always' }).after;
    expect(mounts('')).toContain('--mount=type=cache');
    expect(mounts('rules: { prefer-cache-mount: { fix: never } }')).not.toContain('--mount=type=cache');
  });
});
