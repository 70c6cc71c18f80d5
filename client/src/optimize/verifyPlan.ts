import { l10n, type Uri, window, workspace } from 'vscode';
import { partAtCursor } from './partAtCursor';
import type { PlanVerifier } from './planVerifier';
import type { Proposal } from './proposal';
import { nothingToDo, type Proposals } from './proposals';
import { droppedIds, outcomeText, type VerifiedPlan } from './verifiedSteps';

/** Verifies the shown plan, or the whole one, and shows what is left of it. */
export async function verifyPlan(proposals: Proposals, verifier: PlanVerifier, uri: Uri): Promise<Asked | undefined> {
  const document = await workspace.openTextDocument(uri);
  const { part = partAtCursor(uri), verified: last, without: off = [] } = proposals.last(uri) ?? {};
  // What was dropped before is tried again: the app or its configuration may have changed.
  const again = last ? droppedIds(last.verification) : [];
  const without = off.filter((id) => !again.includes(id));
  const full = await proposals.request(document, part);
  if (!full || full.steps.length === 0) {
    await proposals.endWith(document, nothingToDo(full, part));
    return undefined;
  }
  const verified = await verifier.verify(document, { ...part, without });
  if (!verified) return undefined;
  const { plan, verification } = verified;
  if (document.version !== plan.version) {
    window.showInformationMessage(l10n.t('The file has changed while it was verified: verify it again'));
    return undefined;
  }
  const turnedOff = [...without, ...droppedIds(verification)];
  const proposal = { document, plan, full, part, verified, without: turnedOff };
  await proposals.show(proposal);
  return { proposal, verified };
}

/** A verified plan that is shown, to ask about. */
export interface Asked {
  readonly proposal: Proposal;
  readonly verified: VerifiedPlan;
}

/** Tells the outcome; the plan says the same of each step. */
export async function offerReport(
  verifier: PlanVerifier,
  { proposal: { document }, verified: { verification } }: Asked,
): Promise<void> {
  const showReport = l10n.t('Show Report');
  const answer = await window.showInformationMessage(outcomeText(verification, l10n), showReport);
  if (answer === showReport) await verifier.showReport(document, verification);
}
