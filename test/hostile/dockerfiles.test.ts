import { describe, expect, it } from 'vitest';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { buildContextOf } from '../helpers/buildContext';
import { effortOf } from '../helpers/effort';
import { analyzer } from '../helpers/plan';
import { HOSTILE } from './dockerfiles';

/** Several times what any of them takes: they are to tell what grows with the square of the text from what does not. */
const MOST_FOR_A_CHECK = 1500;
const MOST_FOR_A_PLAN = 10_000;
/** On a busy machine it takes as long as it takes. */
const PATIENT = { timeout: 300_000 };

describe('a hostile Dockerfile', PATIENT, () => {
  it.each(Object.entries(HOSTILE))('%s: is checked with bounded effort, by rules that do not fail', async (_, text) => {
    const effort = await effortOf(() => {
      for (const { ruleId, message, span } of analyzer.lint(text).findings) {
        expect(ruleId, message).not.toBe('internal-error');
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    });
    expect(effort).toBeLessThan(MOST_FOR_A_CHECK);
  });

  // The slowest of all that were measured, and those that once did not end.
  it.each([
    'many installs',
    'many packages',
    'nested wrappers',
    'nested parameters of ENV',
    'many flags',
    'a chain of ARGs',
    'many stages that copy',
    'a catastrophic prefix',
    'names of prototypes',
  ])('%s: is optimized with bounded effort', async (name) => {
    const effort = await effortOf(() => createPlan(analyzer, HOSTILE[name] ?? '', { level: 'all' }));
    expect(effort).toBeLessThan(MOST_FOR_A_PLAN);
  });
});

describe('a file larger than any that a person writes', () => {
  it.each([
    [
      'a line of 10 MB',
      `FROM debian:12\nRUN echo ${'a'.repeat(10_000_000)}`,
      'Not checked: the file is longer than 1 MB',
    ],
    ['a long line', `FROM debian:12\nRUN echo ${'a'.repeat(70_000)}`, 'a line is longer than 65535 characters'],
    ['100,000 instructions', `FROM debian:12\n${'RUN a\n'.repeat(100_000)}`, 'more than 1000 instructions'],
    ['10,000 stages', 'FROM debian:12\n'.repeat(10_000), 'more than 1000 instructions'],
    ['many stages', 'FROM debian:12\n'.repeat(300), 'more than 250 stages'],
    ['a long instruction', `FROM debian:12\nRUN a${' \\\n a'.repeat(20_000)}`, 'an instruction is longer than 65535'],
  ])('%s: is told, and nothing else is said or changed', (_, text, message) => {
    const { findings } = analyzer.lint(text);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['parse-error']);
    expect(findings[0]?.message).toContain(message);
    expect(analyzer.fixAll(text, { upTo: 'unsafe' }).text).toBe(text);
    expect(createPlan(analyzer, text, { level: 'all' }).after).toBe(text);
  });
});

describe('hostile files beside a Dockerfile', PATIENT, () => {
  it('scripts of package.json that run each other are followed once', async () => {
    const scripts = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`s${index}`, `npm run s${index + 1} && npm run s${index + 1}`]),
    );
    const text = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run s0\nCMD ["node", "dist/x.js"]\n';
    const buildContext = buildContextOf({
      'package.json': JSON.stringify({ scripts, dependencies: { a: '1' } }),
      'package-lock.json': '{}',
      'dist/x.js': '',
    });
    const effort = await effortOf(() => createPlan(analyzer, text, { level: 'all', buildContext }));
    expect(effort).toBeLessThan(MOST_FOR_A_PLAN);
  });
});
