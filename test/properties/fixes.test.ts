import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { createEngine } from '../../server/src/engine/createEngine';
import { createKnowledgeBase } from '../../server/src/knowledge';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { allRules } from '../../server/src/rules';
import { applyEdits } from '../../server/src/text/edits';
import { dockerfileText } from './dockerfileText';

const engine = createEngine({ rules: allRules, knowledge: createKnowledgeBase() });

describe('all rules on any text', () => {
  it('none fails, and every finding lies inside the text', () => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        for (const { ruleId, message, span } of engine.lint(text).findings) {
          expect(ruleId, message).not.toBe('internal-error');
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['safe', 'unsafe'] as const)('%s fixes bring no parse error and leave nothing for a second run', (upTo) => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        const fixed = engine.fixAll(text, { upTo }).text;
        expect(parseDockerfile(fixed).errors.length).toBeLessThanOrEqual(parseDockerfile(text).errors.length);
        expect(engine.fixAll(fixed, { upTo }).text).toBe(fixed);
      }),
      { numRuns: 400 },
    );
  });

  it('safe fixes keep every comment', () => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        const comments = (source: string) => parseDockerfile(source).comments.map((comment) => comment.text);
        const kept = comments(engine.fixAll(text, { upTo: 'safe' }).text);
        // Unused suppressions are comments that a safe fix may take away.
        for (const comment of comments(text)) {
          if (!comment.startsWith('dockerfile-optimizer-ignore')) expect(kept).toContain(comment);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('a plan for any text', () => {
  it('is its steps one after the other, and the plan for its result is empty', () => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        const plan = createPlan(engine, text, { level: 'all' });
        expect(plan.steps.reduce((current, step) => applyEdits(current, step.edits), text)).toBe(plan.after);
        expect(createPlan(engine, plan.after, { level: 'all' }).steps).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
