import { Disposable, l10n, Uri, window } from 'vscode';
import { activeDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { reportFailure } from '../reportFailure';
import { acceptPlan, acceptSafeSteps } from './acceptPlan';
import { addAdvice } from './addAdvice';
import { askWhatToDo, chooseSteps } from './chooseSteps';
import { trackDiff } from './diffView';
import type { PlanVerifier } from './planVerifier';
import { sourceOf } from './previewDocuments';
import { Proposals } from './proposals';
import { askAboutVerified, verifyPlan } from './verifyPlan';

/** "Optimize Dockerfile": shows the plan as a diff first; nothing is changed before it is accepted. */
export function registerOptimize(client: Client, verifier: PlanVerifier): Disposable {
  const what = l10n.t('Optimize Dockerfile');
  const report = (error: unknown) => reportFailure(client, what, error);
  const proposals: Proposals = new Proposals(
    client,
    (proposal) => {
      askWhatToDo(proposals, proposal).catch(report);
    },
    report,
  );
  const command = (id: string, run: (uri: Uri, line?: number) => Promise<void>) =>
    registerCommand(client, id, what, async (argument, line) => {
      const uri = uriIn(argument) ?? activeDockerfile();
      if (uri) await run(uri, typeof line === 'number' ? line : undefined);
      else window.showInformationMessage(l10n.t('Open a Dockerfile first'));
    });
  return Disposable.from(
    proposals,
    trackDiff(),
    command('optimize', (uri) => proposals.propose(uri)),
    command('optimizeAndVerify', async (uri) => {
      const shown = await verifyPlan(proposals, verifier, uri);
      // Not awaited: the diff stays open, and its title bar has the same choices.
      if (shown) askAboutVerified(proposals, verifier, shown).catch(report);
    }),
    command('optimizeStage', (uri, line) => proposals.propose(uri, undefined, line)),
    command('acceptAll', (uri) => acceptPlan(proposals, uri, false)),
    command('acceptSafe', (uri) => acceptSafeSteps(proposals, uri)),
    command('reviewChanges', (uri) => acceptPlan(proposals, uri, true)),
    command('chooseSteps', (uri) => chooseSteps(proposals, uri)),
    command('discardPreview', (uri) => proposals.discard(uri)),
    registerCommand(client, 'addAdvice', l10n.t('Add to Configuration'), async (node) => {
      const found = proposals.adviceFor(node);
      if (found) await addAdvice(client, found.uri, found.advice);
    }),
  );
}

/** The editor passes a URI, a code lens its text. */
function uriIn(argument: unknown): Uri | undefined {
  if (argument instanceof Uri) return sourceOf(argument);
  return typeof argument === 'string' ? Uri.parse(argument, true) : undefined;
}
