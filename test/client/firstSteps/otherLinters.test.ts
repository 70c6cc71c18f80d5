import { describe, expect, it } from 'vitest';
import { OTHER_LINTERS, overlapWith } from '../../../client/src/firstSteps/otherLinters';
import { defaultConfig, resolveConfig } from '../../../server/src/engine/config';
import { createEngine } from '../../../server/src/engine/createEngine';
import { isBuildKitName } from '../../../server/src/engine/suppressions';
import { listRules } from '../../../server/src/lsp/requests/rules';
import { allRules } from '../../../server/src/rules';
import { testKnowledge } from '../../helpers/testKnowledge';

const engine = createEngine({ rules: allRules, knowledge: testKnowledge });
const listed = listRules(engine, { severityOf: () => 'warning' });

function overlap(name: string) {
  const linter = OTHER_LINTERS.find((one) => one.name === name);
  const found = linter && overlapWith(linter, listed);
  if (!found) throw new Error(`nothing in common with ${name}`);
  return found;
}

describe('what other linters say too', () => {
  it('is of hadolint each rule with a name of its, and its options silence them', () => {
    const { linter, rules: ids, aliases } = overlap('hadolint');
    expect(ids).toContain('apt-get-no-install-recommends');
    expect(aliases.length).toBeGreaterThan(40);
    const [silencing] = linter.silence(['DL3008', 'DL3059']);
    expect(silencing?.valueFrom(['--no-color', '--ignore=DL3008'])).toEqual([
      '--no-color',
      '--ignore=DL3008',
      '--ignore=DL3059',
    ]);
    expect(silencing?.valueFrom(undefined)).toEqual(['--ignore=DL3008', '--ignore=DL3059']);
  });

  it('is silenced in SonarQube without touching rules of other languages', () => {
    const { linter, aliases } = overlap('SonarQube for IDE');
    expect(aliases.every((alias) => /^sonar:S\d+$/.test(alias))).toBe(true);
    const [silencing] = linter.silence(['sonar:S6431']);
    expect(silencing?.valueFrom({ 'css:S1': { level: 'off' } })).toEqual({
      'css:S1': { level: 'off' },
      'docker:S6431': { level: 'off' },
    });
  });

  it("is of Microsoft's language server what has a setting there", () => {
    const { linter, aliases } = overlap('Docker');
    const keys = linter.silence(aliases).map(({ key }) => key);
    expect(keys).toContain('deprecatedMaintainer');
    expect(new Set(keys).size).toBe(keys.length);
    expect(linter.silence(aliases).every(({ valueFrom }) => valueFrom('warning') === 'ignore')).toBe(true);
  });

  it('is of Docker DX what BuildKit checks', () => {
    const { aliases } = overlap('Docker DX');
    expect(aliases).toEqual(aliases.filter(isBuildKitName));
    const known = listed.flatMap((rule) => rule.aliases).filter(isBuildKitName);
    expect(aliases).toEqual([...new Set(known)].sort());
  });

  it('is nothing that is off here: the other one alone says it', () => {
    const [linter] = OTHER_LINTERS;
    const recommended = listRules(engine, resolveConfig(defaultConfig, allRules, ''));
    const found = linter && overlapWith(linter, recommended);
    expect(found?.aliases).toContain('DL3004');
    expect(recommended.find(({ id }) => id === 'pin-apt-packages')).toMatchObject({
      aliases: expect.arrayContaining(['DL3008']),
      isOn: false,
    });
    expect(found?.aliases).not.toContain('DL3008');
  });

  it('is nothing where no rule has a name of its', () => {
    const [linter] = OTHER_LINTERS;
    expect(
      linter && overlapWith(linter, [{ id: 'a', aliases: ['tally:a'], description: '', isOn: true }]),
    ).toBeUndefined();
  });
});
