import { l10n, type TextDocument, type Uri, window } from 'vscode';
import type { OptimizeResult } from '../../../server/src/protocol';
import { applyPlan } from './applyPlan';
import type { Proposals } from './proposals';

/** @param isReviewed the user reviews each change before it is applied */
export async function acceptPlan(proposals: Proposals, uri: Uri, isReviewed: boolean): Promise<void> {
  const proposal = await proposals.current(uri);
  if (proposal) await apply(proposals, proposal.document, proposal.plan, isReviewed);
}

export async function acceptSafeSteps(proposals: Proposals, uri: Uri): Promise<void> {
  const proposal = await proposals.current(uri);
  if (!proposal) return;
  const { document, without = [], stageLine } = proposal;
  const plan = await proposals.request(document, { stageLine, without, safeOnly: true });
  if (plan && plan.steps.length > 0) await apply(proposals, document, plan, false);
  else await proposals.endWith(document, l10n.t('No step is safe to apply without review'));
}

async function apply(
  proposals: Proposals,
  document: TextDocument,
  plan: OptimizeResult,
  isReviewed: boolean,
): Promise<void> {
  const isApplied = document.version === plan.version && (await applyPlan(document, plan, isReviewed));
  if (isApplied) {
    await proposals.end(document);
    await window.showTextDocument(document);
  } else if (!isReviewed) {
    // A review that is not applied was cancelled: no message is needed.
    window.showErrorMessage(l10n.t('The change was not applied: the file may be read-only or may have changed'));
  }
}
