import { describe, expect, it } from 'vitest';
import { countRules, totalSaving } from '../../../client/src/optimize/stepText';
import type { OptimizeStep } from '../../../server/src/protocol';

function step(more: Partial<OptimizeStep> = {}): OptimizeStep {
  return {
    id: 'no-root-user',
    label: 'User',
    title: 'Run as app',
    reason: 'Why',
    safety: 'unsafe',
    edits: [],
    ...more,
  };
}

describe('totalSaving', () => {
  it('adds up the figures there are', () => {
    expect(totalSaving([step({ impactBytes: -300 }), step(), step({ impactBytes: -50 })])).toBe(350);
  });

  it.each([[[]], [[step()]], [[step({ impactBytes: 20 })]]])('is silent when nothing is known to be saved', (steps) => {
    expect(totalSaving(steps)).toBeUndefined();
  });
});

describe('countRules', () => {
  it('names each rule once, with how often', () => {
    expect(countRules(['b', 'a', 'b', 'b'])).toEqual(['b (3)', 'a']);
    expect(countRules([])).toEqual([]);
  });
});
