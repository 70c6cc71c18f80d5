import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/analyzer';
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

  it('Dockerfile comes out slim, in few layers, dependencies before sources, and not as root', () => {
    const before = read('Dockerfile');
    const { after } = createPlan(engine, before, { level: 'all' });
    const count = (text: string) => text.match(/^(?:RUN|COPY|ADD) /gm)?.length ?? 0;
    expect(count(after)).toBeLessThan(count(before));
    expect(after).toContain('FROM python:3.11-slim\n');
    expect(after.indexOf('requirements.txt .')).toBeLessThan(after.indexOf('COPY --chown=app:app . .'));
    expect(after.endsWith('USER app\nCMD ["python", "app.py"]\n')).toBe(true);
    const left = [...rulesIn(after)].sort();
    expect(left).toEqual(['no-build-tools-in-final', 'no-secret-in-env', 'no-world-writable', 'pin-pip-packages']);
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
