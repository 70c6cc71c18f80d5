import { describe, expect, it } from 'vitest';
import { createEngine } from '../../server/src/engine/createEngine';
import { createKnowledgeBase } from '../../server/src/knowledge';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { allRules } from '../../server/src/rules';

const engine = createEngine({ rules: allRules, knowledge: createKnowledgeBase() });

const naive = `FROM python:3.11
WORKDIR /app
COPY . .
RUN apt-get update
RUN apt-get install -y libpq5
RUN pip install -r requirements.txt
CMD python app.py
`;

describe('createPlan', () => {
  it('takes only safe steps when told so, and says what it left', () => {
    const plan = createPlan(engine, naive, { level: 'safe' });
    expect(plan.steps.every((step) => step.safety === 'safe')).toBe(true);
    expect(plan.after).toBe(`FROM python:3.11
WORKDIR /app
COPY . .
RUN apt-get update \\
    && apt-get install -y libpq5 \\
    && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir -r requirements.txt
CMD ["python", "app.py"]
`);
    expect(plan.skipped).toContainEqual(
      expect.objectContaining({ id: 'no-root-user', reason: 'unsafe', title: 'Create the user app and run as it' }),
    );
  });

  it('rewrites the whole file with all steps', () => {
    const plan = createPlan(engine, naive, { level: 'all' });
    expect(plan.after).toContain('FROM python:3.11-slim\n');
    expect(plan.after).toContain('USER app\nCMD ["python", "app.py"]\n');
    expect(plan.after).toContain('apt-get install --no-install-recommends -y libpq5');
    expect(plan.after.match(/^RUN /gm)?.length).toBeLessThan(4);
    expect(createPlan(engine, plan.after, { level: 'all' }).steps).toEqual([]);
  });

  it('gives each step a title, a reason and, where it is known, its effect in bytes', () => {
    const { steps } = createPlan(engine, naive, { level: 'all' });
    for (const step of steps) {
      expect(step.title).not.toBe('');
      expect(step.reason.length).toBeGreaterThan(40);
    }
    const slim = steps.find((step) => step.id === 'prefer-slim-base');
    expect(slim?.impact?.bytes).toBeLessThan(-100_000_000);
  });

  it('adds up to the figures of the image', () => {
    const { steps, summary } = createPlan(engine, naive, { level: 'all' });
    const saved = steps.reduce((sum, { impact }) => sum + (impact?.bytes ?? 0), 0);
    expect(Math.abs((summary.after.imageBytes ?? 0) - (summary.before.imageBytes ?? 0) - saved)).toBeLessThan(500_000);
  });

  it('counts no step as run again that only the files of a build tool stand above', () => {
    const text =
      'FROM gradle:8-jdk17\nWORKDIR /a\nCOPY gradlew build.gradle.kts settings.gradle ./\nCOPY gradle/ gradle/\nRUN ./gradlew dependencies\nCOPY . .\nRUN ./gradlew build\n';
    expect(createPlan(engine, text, { level: 'safe' }).summary.before.rebuiltSteps).toBe(1);
  });

  it('says why of everything that it leaves out', () => {
    for (const level of ['safe', 'recommended', 'all'] as const) {
      const { skipped } = createPlan(engine, `${naive.replace('python:3.11', 'openjdk')}RUN pip install flask\n`, {
        level,
      });
      expect(skipped.length).toBeGreaterThan(1);
      for (const { why } of skipped) expect(why.split(' ').length).toBeGreaterThan(3);
    }
  });

  it('leaves to a person what no level does', () => {
    const { skipped } = createPlan(engine, 'FROM openjdk:17\nCMD ["java", "-version"]\n', { level: 'recommended' });
    expect(skipped).toContainEqual(expect.objectContaining({ id: 'no-deprecated-image', reason: 'manual' }));
  });

  it('says so where the files beside the Dockerfile are not known', () => {
    const plan = createPlan(engine, 'FROM node:20\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n', {
      level: 'recommended',
    });
    expect(plan.skipped.find(({ id }) => id === 'multi-stage')?.why).toBe(
      'the build context is unknown: open the folder that the image is built from',
    );
  });

  it.each([
    ['no-lost-export', 'FROM node:22-slim\nRUN export NODE_ENV=production\nRUN yarn\nUSER node\n'],
    ['require-arg-in-stage', 'ARG MODE=production\nFROM node:22-slim\nENV NODE_ENV=$MODE\nRUN yarn\nUSER node\n'],
  ])('lets no variable take effect that has none today: %s', (id, dockerfile) => {
    const { after, skipped } = createPlan(engine, dockerfile, { level: 'all' });
    expect(after).not.toContain('ENV NODE_ENV=production');
    expect(after).not.toMatch(/^ARG MODE$/m);
    expect(skipped).toContainEqual(expect.objectContaining({ id, reason: 'manual' }));
  });

  it('keeps downloads in mounts when that is preferred, and does not clean them away', () => {
    const text = 'FROM python:3.11-slim\nRUN pip install a==1\nUSER 1000\nCMD ["a"]\n';
    const options = { level: 'recommended', preferCacheMounts: 'always' } as const;
    const { after } = createPlan(engine, text, options);
    expect(after).toContain('RUN --mount=type=cache,target=/root/.cache/pip pip install a==1\n');
    expect(createPlan(engine, after, options).steps).toEqual([]);
    expect(createPlan(engine, text, { level: 'recommended' }).after).not.toContain('--mount');
  });

  it('leaves out the steps that the user switched off', () => {
    const without = new Set(['prefer-slim-base', 'no-root-user']);
    const plan = createPlan(engine, naive, { level: 'all', without });
    expect(plan.steps.map((step) => step.id)).not.toContain('prefer-slim-base');
    expect(plan.after).toContain('FROM python:3.11\n');
    expect(plan.after).not.toContain('USER');
  });

  it.each([
    ['an empty file', ''],
    ['comments', '# nothing\n'],
    ['no FROM', 'RUN apt-get update\n'],
    ['an open heredoc', 'FROM debian:12\nRUN <<EOF\napt-get update\n'],
  ])('proposes nothing that breaks %s', (_, text) => {
    const plan = createPlan(engine, text, { level: 'all' });
    expect(plan.before).toBe(text);
    expect(createPlan(engine, plan.after, { level: 'all' }).steps).toEqual([]);
  });
});
