import { describe, expect, it } from 'vitest';
import { countRules, sizeText, toStepItem, totalSaving } from '../../client/src/stepText';
import type { OptimizeStep } from '../../server/src/protocol';

function step(more: Partial<OptimizeStep> = {}): OptimizeStep {
  return { id: 'no-root-user', title: 'Run as app', reason: 'Why', safety: 'unsafe', edits: [], ...more };
}

describe('sizeText', () => {
  it.each([
    [870_400_000, '870 MB'],
    [10_000_000, '10 MB'],
    [9_960_000, '10.0 MB'],
    [2_340_000, '2.3 MB'],
    [100_000, '0.1 MB'],
    [99_400, '99 kB'],
    [0, '0 kB'],
  ])('%d is %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});

describe('totalSaving', () => {
  it('adds up the figures there are', () => {
    expect(totalSaving([step({ impactBytes: -300 }), step(), step({ impactBytes: -50 })])).toBe(350);
  });

  it.each([[[]], [[step()]], [[step({ impactBytes: 20 })]]])('is silent when nothing is known to be saved', (steps) => {
    expect(totalSaving(steps)).toBeUndefined();
  });
});

describe('toStepItem', () => {
  it('shows the title, what to know before ticking, and the reason', () => {
    expect(toStepItem(step(), ['may change behaviour', 'about 3 MB smaller'], false)).toEqual({
      id: 'no-root-user',
      label: 'Run as app',
      description: 'may change behaviour · about 3 MB smaller',
      detail: 'Why',
      picked: false,
    });
  });
});

describe('countRules', () => {
  it('names each rule once, with how often', () => {
    expect(countRules(['b', 'a', 'b', 'b'])).toEqual(['b (3)', 'a']);
    expect(countRules([])).toEqual([]);
  });
});
