import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/analyzer';
import { readBuildContext } from '../../server/src/host/buildContext.node';
import { createPlan } from '../../server/src/optimizer/createPlan';

const folder = resolve(import.meta.dirname, '../../examples/calculator');
const engine = createAnalyzer();

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function rulesIn(text: string): Set<string> {
  return new Set(engine.lint(text).findings.map(({ ruleId }) => ruleId));
}

describe('examples/calculator', () => {
  it('Dockerfile has everything that the article warns of', () => {
    expect([...rulesIn(read('Dockerfile'))].sort()).toEqual([
      'apt-get-no-install-recommends',
      'copy-manifests-first',
      'exec-form-cmd',
      'merge-consecutive-run',
      'no-build-tools-in-final',
      'no-lone-package-update',
      'no-root-user',
      'no-secret-in-env',
      'no-world-writable',
      'pin-pip-packages',
      'pip-no-cache-dir',
      'prefer-slim-base',
    ]);
  });

  it.each(['recommended', 'all'] as const)('Dockerfile comes out as an expert writes it (%s)', (level) => {
    const { after } = createPlan(engine, read('Dockerfile'), { level, buildContext: readBuildContext(folder) });
    const final = after.slice(after.lastIndexOf('FROM '));
    expect(after.startsWith('# Calculator web app\n\n# ')).toBe(true);
    expect(after).toMatch(/^FROM python:3\.11 AS build\n\nWORKDIR \/app\n\nRUN python -m venv \/opt\/venv\n/m);
    expect(after).not.toMatch(/apt-get|vim/);
    expect(after.indexOf('COPY requirements.txt .')).toBeLessThan(after.indexOf('COPY . .'));
    expect(final).toMatch(/^FROM python:3\.11-slim\n\nWORKDIR \/app\nRUN groupadd [^\n]*\n\nENV /);
    expect(final).toMatch(/^COPY (?:--chown=app:app )?app\.py calculator\.py \.\/$/m);
    expect(final).not.toContain('tests');
    expect(final.endsWith('\n\nUSER app\nCMD ["python", "app.py"]\n')).toBe(true);
    expect(after).not.toContain('\n\n\n');
  });

  it('Dockerfile keeps no secret at all, and says how they are given', () => {
    const plan = createPlan(engine, read('Dockerfile'), { level: 'all', buildContext: readBuildContext(folder) });
    expect(plan.after).not.toContain('not-a-real');
    expect(plan.after).toContain('RUN mkdir -p /app/logs \\\n    && chown app:app /app/logs\n');
    expect(plan.after).toContain('docker run -e SECRET_KEY -e DB_PASSWORD\n');
    expect([...rulesIn(plan.after)]).not.toContain('no-secret-in-env');
    const less = createPlan(engine, read('Dockerfile'), {
      level: 'recommended',
      buildContext: readBuildContext(folder),
    });
    expect(less.skipped).toContainEqual(expect.objectContaining({ id: 'secret-at-start', reason: 'unsafe' }));
    expect(less.skipped.map(({ id }) => id)).not.toContain('no-secret-in-env');
  });

  it('Dockerfile.multistage is told of its layers and left its user', () => {
    const text = read('Dockerfile.multistage');
    const rules = rulesIn(text);
    for (const rule of ['apt-get-clean-same-layer', 'merge-consecutive-run', 'copy-manifests-first'])
      expect(rules).toContain(rule);
    expect(rules).not.toContain('no-root-user');
    expect(createPlan(engine, text, { level: 'all' }).after).toContain('USER appuser\n');
  });
});
