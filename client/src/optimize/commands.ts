import { Disposable, l10n, Uri, window } from 'vscode';
import { activeDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { reportFailure } from '../reportFailure';
import { acceptPlan, acceptSafeSteps } from './acceptPlan';
import { askWhatToDo, chooseSteps } from './chooseSteps';
import { trackDiff } from './diffView';
import { sourceOf } from './previewDocuments';
import { Proposals } from './proposals';

/** "Optimize Dockerfile": shows the plan as a diff first; nothing is changed before it is accepted. */
export function registerOptimize(client: Client): Disposable {
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
    command('optimizeStage', (uri, line) => proposals.propose(uri, undefined, line)),
    command('acceptAll', (uri) => acceptPlan(proposals, uri, false)),
    command('acceptSafe', (uri) => acceptSafeSteps(proposals, uri)),
    command('reviewChanges', (uri) => acceptPlan(proposals, uri, true)),
    command('chooseSteps', (uri) => chooseSteps(proposals, uri)),
    command('discardPreview', (uri) => proposals.discard(uri)),
  );
}

/** The editor passes a URI, a code lens its text. */
function uriIn(argument: unknown): Uri | undefined {
  if (argument instanceof Uri) return sourceOf(argument);
  return typeof argument === 'string' ? Uri.parse(argument, true) : undefined;
}
