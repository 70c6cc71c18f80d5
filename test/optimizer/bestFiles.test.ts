import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../server/src/analyzer';
import { readBuildContext } from '../../server/src/host/buildContext.node';
import { createPlan } from '../../server/src/optimizer/createPlan';

const apps = resolve(import.meta.dirname, '../builds/apps');

describe('a Dockerfile as an expert writes it', () => {
  const engine = createAnalyzer();
  it.each(readdirSync(apps))('%s has nothing to optimize', (app) => {
    const text = readFileSync(join(apps, app, 'Dockerfile.best'), 'utf8');
    const { steps } = createPlan(engine, text, {
      level: 'recommended',
      buildContext: readBuildContext(join(apps, app)),
    });
    // These folders hold several Dockerfiles, and no .dockerignore.
    expect(steps.map(({ id }) => id).filter((id) => id !== 'dockerignore')).toEqual([]);
  });
});
