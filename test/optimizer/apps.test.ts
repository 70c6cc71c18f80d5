import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBuildContext } from '../../server/src/host/buildContext.node';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { LEVELS } from '../../server/src/optimizer/levels';
import { analyzer } from '../helpers/plan';

/** What `npm run test:builds` builds for real. */
const APPS = resolve(import.meta.dirname, '../builds/apps');
const names = readdirSync(APPS).filter((name) => existsSync(join(APPS, name, 'app.json')));

describe.each(names)('%s', (name) => {
  const text = readFileSync(join(APPS, name, 'Dockerfile'), 'utf8');
  const buildContext = readBuildContext(join(APPS, name));
  const warnings = (dockerfile: string) =>
    analyzer
      .lint(dockerfile, { buildContext })
      .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ ruleId }) => ruleId);

  it.each(LEVELS)('comes to an end at level %s, without new warnings', (level) => {
    const plan = createPlan(analyzer, text, { level, buildContext });
    expect(analyzer.lint(plan.after).dockerfile.errors).toEqual([]);
    expect(createPlan(analyzer, plan.after, { level, buildContext }).after).toBe(plan.after);
    const before = warnings(text);
    expect(warnings(plan.after).filter((rule) => !before.includes(rule))).toEqual([]);
  });
});
