import type { Advice, OptimizeResult, Verification, VerifiedStep } from '../../../server/src/protocol';

/** A verification, and the plan that it leaves. */
export interface VerifiedPlan {
  readonly verification: Verification;
  readonly plan: OptimizeResult;
}

/** The `l10n` of the editor, which this file does not import. */
interface Texts {
  t(english: string, ...values: (string | number)[]): string;
}

/** Whether a plan is the one that was verified: with other steps it may behave differently. */
export function isVerified(plan: OptimizeResult, verified: VerifiedPlan | undefined): verified is VerifiedPlan {
  return (
    verified?.plan.version === plan.version &&
    verified.plan.after === plan.after &&
    JSON.stringify(verified.plan.files) === JSON.stringify(plan.files)
  );
}

/** What is known of a step of a plan: proofs hold for the verified plan only, the reasons of dropped steps for any. */
export function verifiedStep(
  id: string,
  plan: OptimizeResult,
  verified: VerifiedPlan | undefined,
): VerifiedStep | undefined {
  const states = verified?.verification.steps.filter((step) => step.id === id) ?? [];
  const known = isVerified(plan, verified) ? (states.find(({ state }) => state === 'proven') ?? states[0]) : undefined;
  return states.find(({ state }) => state === 'dropped') ?? known;
}

/** The ids of the steps that were dropped. */
export function droppedIds({ steps }: Verification): string[] {
  return [...new Set(steps.filter(({ state }) => state === 'dropped').map(({ id }) => id))];
}

/** `dropped: It exits with code 1, not 0`; `isOn`: the user has turned a dropped step on again. */
export function stateText({ state, differences = [] }: VerifiedStep, isOn: boolean, l10n: Texts): string {
  if (state === 'proven') return l10n.t('proven');
  if (state === 'untouched') return l10n.t('not touched by the probe');
  if (state === 'built') return l10n.t('built, behavior not compared');
  const why = differences[0]?.text ?? '';
  return isOn ? l10n.t('changes behavior: {0}', why) : l10n.t('dropped: {0}', why);
}

/** As it can be written into the configuration. */
export function adviceText({ key, value }: Advice): string {
  return `optimize:\n  ${key}: [${value}]`;
}

/** What came of it, in one line. */
export function outcomeText(verification: Verification, l10n: Texts): string {
  const { unproven, steps } = verification;
  const dropped = droppedIds(verification).length;
  if (unproven !== undefined) return l10n.t('Built, but behavior not proven: {0}', unproven);
  if (steps.every(({ state }) => state === 'dropped'))
    return l10n.t('Every step changes the behavior: nothing is left of the plan');
  return dropped === 0
    ? l10n.t('Proven: the image behaves the same with all steps')
    : l10n.t('Proven: the image behaves the same. Steps dropped: {0}', dropped);
}
