import { l10n, type Uri, window } from 'vscode';
import type { OptimizeResult, OptimizeStep } from '../../../server/src/protocol';
import { aboutSize, listText, stepCount } from '../wording';
import { acceptPlan, acceptSafeSteps } from './acceptPlan';
import { uniqueSteps } from './planChanges';
import { notesOn } from './planView';
import type { Proposal, Proposals } from './proposals';
import { toStepItem, totalSaving } from './stepText';

/** Asks what to do with a new plan, and does it. */
export async function askWhatToDo(proposals: Proposals, { document: { uri }, plan }: Proposal): Promise<void> {
  const [accept, acceptSafe] = [l10n.t('Accept All'), l10n.t('Accept Safe')];
  const [choose, discard] = [l10n.t('Choose…'), l10n.t('Discard')];
  const safe = plan.steps.filter(({ safety }) => safety === 'safe').length;
  const isMixed = safe > 0 && safe < plan.steps.length;
  const choices = [accept, ...(isMixed ? [acceptSafe] : []), choose, discard];
  const answer = await window.showInformationMessage(summaryOf(plan), ...choices);
  if (answer === accept) await acceptPlan(proposals, uri, false);
  else if (answer === acceptSafe) await acceptSafeSteps(proposals, uri);
  else if (answer === choose) await chooseSteps(proposals, uri);
  else if (answer === discard) await proposals.discard(uri);
}

export async function chooseSteps(proposals: Proposals, uri: Uri): Promise<void> {
  const proposal = await proposals.current(uri);
  if (!proposal) return;
  const { document, full, without, stageLine } = proposal;
  // A person has to tick steps that may change behavior.
  const isPicked = ({ id, safety }: OptimizeStep) => (without ? !without.includes(id) : safety === 'safe');
  const items = uniqueSteps(full.steps).map((step) => toStepItem(step, notesOn(step), isPicked(step)));
  const chosen = await window.showQuickPick(items, {
    canPickMany: true,
    title: l10n.t('Steps of the plan'),
    placeHolder: l10n.t('The diff shows the selected steps'),
    matchOnDetail: true,
  });
  if (!chosen) return;
  const off = items.filter(({ id }) => chosen.every((item) => item.id !== id)).map(({ id }) => id);
  await proposals.propose(document.uri, off, stageLine);
}

function summaryOf(plan: OptimizeResult): string {
  const steps = uniqueSteps(plan.steps);
  const saving = totalSaving(steps);
  const unsafe = steps.filter(({ safety }) => safety === 'unsafe').length;
  return listText([
    stepCount(steps.length),
    ...(saving === undefined ? [] : [l10n.t('{0} smaller', aboutSize(saving))]),
    ...(unsafe > 0 ? [l10n.t('{0} may change behavior', unsafe)] : []),
  ]);
}
