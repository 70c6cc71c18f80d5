import { describe, expect, it } from 'vitest';
import {
  isVerified,
  outcomeText,
  stateText,
  type VerifiedPlan,
  verifiedStep,
} from '../../../client/src/optimize/verifiedSteps';
import type { OptimizeResult, Verification, VerifiedStep } from '../../../server/src/protocol';
import { evidenceOf } from '../../../server/src/reports/evidence';

const l10n = {
  t: (english: string, ...values: (string | number)[]) =>
    english.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
};

const DROPPED: VerifiedStep = {
  id: 'no-root-user',
  title: 'Run as app',
  state: 'dropped',
  differences: [
    { aspect: 'end', text: 'It exits with code 1, not 0', cause: { kind: 'write', line: 'EACCES: /data' } },
    { aspect: 'output', text: 'It no longer prints: hello', cause: { kind: 'write', line: 'EACCES: /data' } },
  ],
  advice: { key: 'writes', value: '/data' },
};
const PROVEN: VerifiedStep = { id: 'slim-base', title: 'Use slim', state: 'proven' };

function plan(after: string, more: Partial<OptimizeResult> = {}): OptimizeResult {
  const summary = { before: { layers: 1, rebuiltSteps: 0 }, after: { layers: 1, rebuiltSteps: 0 } };
  return { version: 1, before: 'FROM a\n', after, steps: [], skipped: [], files: [], change: '', summary, ...more };
}

function verified(steps: readonly VerifiedStep[], more: Partial<Verification> = {}): VerifiedPlan {
  const verification: Verification = {
    engine: 'docker',
    verifiedAt: '2026-11-30T03:00:00.000Z',
    before: { buildMs: 1 },
    steps,
    same: [],
    builds: 3,
    ...more,
  };
  return { verification, plan: plan('FROM b\n') };
}

describe('what is known of a step', () => {
  const known = verified([PROVEN, DROPPED]);

  it('is proven in the plan that was verified, and in no other', () => {
    expect(verifiedStep('slim-base', plan('FROM b\n'), known)).toBe(PROVEN);
    for (const other of [
      plan('FROM c\n'),
      plan('FROM b\n', { version: 2 }),
      plan('FROM b\n', { files: [{ path: '.dockerignore', after: '' }] }),
    ]) {
      expect(isVerified(other, known)).toBe(false);
      expect(verifiedStep('slim-base', other, known)).toBeUndefined();
    }
  });

  it('is why it was dropped, also when it is turned on again', () => {
    expect(verifiedStep('no-root-user', plan('FROM c\n'), known)).toBe(DROPPED);
    expect(stateText(DROPPED, false, l10n)).toBe('dropped: It exits with code 1, not 0');
    expect(stateText(DROPPED, true, l10n)).toBe('changes behavior: It exits with code 1, not 0');
    expect(evidenceOf(DROPPED.differences ?? [])).toEqual(['EACCES: /data']);
  });

  it('is dropped if one of its rounds was', () => {
    const again: VerifiedStep = { ...DROPPED, state: 'proven' };
    expect(verifiedStep('no-root-user', plan('FROM b\n'), verified([again, DROPPED]))).toBe(DROPPED);
  });

  it('is nothing without a verification, or for a step that was turned off', () => {
    expect(verifiedStep('slim-base', plan('FROM b\n'), undefined)).toBeUndefined();
    expect(verifiedStep('other', plan('FROM b\n'), known)).toBeUndefined();
  });

  it('says no more than what was seen', () => {
    expect(stateText(PROVEN, true, l10n)).toBe('proven');
    expect(stateText({ ...PROVEN, state: 'untouched' }, true, l10n)).toBe('not touched by the probe');
    expect(stateText({ ...PROVEN, state: 'built' }, true, l10n)).toBe('built, behavior not compared');
  });
});

describe('what came of a verification', () => {
  it.each([
    [[PROVEN], {}, 'Proven: the image behaves the same with all steps'],
    [[PROVEN, DROPPED, DROPPED], {}, 'Proven: the image behaves the same. Steps dropped: 1'],
    [[DROPPED], {}, 'Every step changes the behavior: nothing is left of the plan'],
    [[PROVEN], { unproven: 'it exits at once' }, 'Built, but behavior not proven: it exits at once'],
  ])('%#', (steps, more, text) => {
    expect(outcomeText(verified(steps, more).verification, l10n)).toBe(text);
  });
});
