import { Disposable, l10n, Uri, window } from 'vscode';
import { activeDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { reportFailure } from '../reportFailure';
import { addAdvice } from './addAdvice';
import { applyAll, applySafeSteps } from './applyPlan';
import { copyPlan } from './copyPlan';
import { partAtCursor } from './partAtCursor';
import type { PlanVerifier } from './planVerifier';
import { sourceOf } from './previewDocuments';
import { Proposals } from './proposals';
import { offerReport, verifyPlan } from './verifyPlan';

/** "Optimize Dockerfile": shows the plan as a diff first; nothing is changed before it is accepted. */
export function registerOptimize(client: Client, verifier: PlanVerifier): Disposable {
  const what = l10n.t('Optimize Dockerfile');
  const report = (error: unknown) => reportFailure(client, what, error);
  const proposals = new Proposals(client, report);
  const command = (id: string, run: (uri: Uri, line?: number) => Promise<void>) =>
    registerCommand(client, id, what, async (argument, line) => {
      const uri = uriIn(argument) ?? activeDockerfile();
      if (uri) await run(uri, typeof line === 'number' ? line : undefined);
      else window.showInformationMessage(l10n.t('Open a Dockerfile first'));
    });
  return Disposable.from(
    proposals,
    command('optimize', (uri, line) =>
      proposals.propose(uri, line === undefined ? partAtCursor(uri) : { inlineLine: line }),
    ),
    command('optimizeAndVerify', async (uri) => {
      const shown = await verifyPlan(proposals, verifier, uri);
      // Not awaited: it stays until it is answered.
      if (shown) offerReport(verifier, shown).catch(report);
    }),
    command('optimizeStage', (uri, line) => proposals.propose(uri, { stageLine: line })),
    command('acceptAll', (uri) => applyAll(proposals, uri)),
    command('acceptSafe', (uri) => applySafeSteps(proposals, uri)),
    command('discardPreview', (uri) => proposals.end(uri)),
    command('copyPlan', (uri) => copyPlan(client, proposals, uri)),
    registerCommand(client, 'revealStep', what, (node) => proposals.reveal(node)),
    registerCommand(client, 'turnOffRule', l10n.t('Add to Configuration'), async (uri, ruleOff) =>
      addAdvice(client, Uri.parse(String(uri), true), { ruleOff: String(ruleOff) }),
    ),
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
