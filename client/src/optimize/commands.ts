import { commands, Disposable, l10n, type TextDocument, Uri, window, workspace } from 'vscode';
import type { OptimizeParams, OptimizeResult, OptimizeStep } from '../../../server/src/protocol';
import { activeDockerfile } from '../activeDockerfile';
import type { Client } from '../client';
import { registerCommand } from '../command';
import { reportFailure } from '../reportFailure';
import { aboutSize, listText, stepCount } from '../wording';
import { applyPlan } from './applyPlan';
import { closeDiff, showDiff, trackDiff } from './diffView';
import { uniqueSteps } from './planChanges';
import { notesOn, PlanView } from './planView';
import { PREVIEW_SCHEME, PreviewDocuments, sourceOf } from './previewDocuments';
import { toStepItem, totalSaving } from './stepText';
import { workspaceFiles } from './workspaceFiles';

/** A plan that is shown until it is accepted or discarded. */
interface Proposal {
  readonly document: TextDocument;
  readonly plan: OptimizeResult;
  /** The plan with no step turned off: all steps that can be chosen. */
  readonly full: OptimizeResult;
  /** Ids of the steps turned off; undefined before the user has chosen. */
  readonly without: readonly string[] | undefined;
  /** The line of the FROM, if the plan is for one stage only. */
  readonly stageLine: number | undefined;
}

/** "Optimize Dockerfile": shows the plan as a diff first; nothing is changed before it is accepted. */
export function registerOptimize(client: Client): Disposable {
  const previews = new PreviewDocuments();
  const proposals = new Map<string, Proposal>();

  const request = async (
    document: TextDocument,
    choice: Omit<OptimizeParams, 'uri'> = {},
  ): Promise<OptimizeResult | null> => {
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    return client.sendRequest('dockerfile/optimize', { ...choice, uri, context: await workspaceFiles(document) });
  };

  const propose = async (uri: Uri, without?: readonly string[], stageLine?: number): Promise<void> => {
    const document = await workspace.openTextDocument(uri);
    const stage = stageLine === undefined ? {} : { stageLine };
    const full = await request(document, stage);
    const plan = without ? await request(document, { ...stage, without }) : full;
    if (full && plan && (plan.steps.length > 0 || without)) await show({ document, plan, full, without, stageLine });
    else await endWith(document, nothingToDo(full));
  };

  const show = async (proposal: Proposal): Promise<void> => {
    const { document, plan } = proposal;
    proposals.set(document.uri.toString(), proposal);
    await showDiff(document, previews.set(document.uri, plan.after));
    await commands.executeCommand('setContext', 'dockerfileOptimizer.hasPlan', true);
    await view.show({ uri: document.uri, full: proposal.full, without: proposal.without ?? [] });
    // After a tick in the plan, only show its effect; do not ask again.
    if (!proposal.without) askWhatToDo(proposal).catch(report);
  };

  /** Not awaited: the diff stays open, and its title bar has the same choices. */
  const askWhatToDo = async ({ document: { uri }, plan }: Proposal): Promise<void> => {
    const [accept, acceptSafe] = [l10n.t('Accept All'), l10n.t('Accept Safe')];
    const [choose, discard] = [l10n.t('Choose…'), l10n.t('Discard')];
    const safe = plan.steps.filter(({ safety }) => safety === 'safe').length;
    const isMixed = safe > 0 && safe < plan.steps.length;
    const choices = [accept, ...(isMixed ? [acceptSafe] : []), choose, discard];
    const answer = await window.showInformationMessage(summaryOf(plan), ...choices);
    if (answer === accept) await acceptPlan(uri, false);
    else if (answer === acceptSafe) await acceptSafeSteps(uri);
    else if (answer === choose) await chooseSteps(uri);
    else if (answer === discard) await discardPreview(uri);
  };

  const acceptPlan = async (uri: Uri, isReviewed: boolean): Promise<void> => {
    const proposal = await currentProposal(uri);
    if (proposal) await apply(proposal.document, proposal.plan, isReviewed);
  };

  const acceptSafeSteps = async (uri: Uri): Promise<void> => {
    const proposal = await currentProposal(uri);
    if (!proposal) return;
    const { document, without = [], stageLine } = proposal;
    const stage = stageLine === undefined ? {} : { stageLine };
    const plan = await request(document, { ...stage, without, safeOnly: true });
    if (plan && plan.steps.length > 0) await apply(document, plan, false);
    else await endWith(document, l10n.t('No step is safe to apply without review'));
  };

  const apply = async (document: TextDocument, plan: OptimizeResult, isReviewed: boolean): Promise<void> => {
    const isApplied = document.version === plan.version && (await applyPlan(document, plan, isReviewed));
    if (isApplied) {
      await end(document);
      await window.showTextDocument(document);
    } else if (!isReviewed) {
      // A review that is not applied was cancelled: no message is needed.
      window.showErrorMessage(l10n.t('The change was not applied: the file may be read-only or may have changed'));
    }
  };

  const chooseSteps = async (uri: Uri): Promise<void> => {
    const proposal = await currentProposal(uri);
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
    await propose(document.uri, off, stageLine);
  };

  const discardPreview = async (uri: Uri): Promise<void> => {
    const document = proposals.get(uri.toString())?.document;
    if (document) await end(document);
    else await closeDiff(uri);
  };

  /** The shown plan, if it still matches the text. If the file has changed, shows its new plan instead. */
  const currentProposal = async (uri: Uri): Promise<Proposal | undefined> => {
    const proposal = proposals.get(uri.toString());
    if (!proposal) {
      window.showInformationMessage(l10n.t('Run Optimize Dockerfile first'));
      return undefined;
    }
    if (proposal.document.version === proposal.plan.version) return proposal;
    window.showInformationMessage(l10n.t('The file has changed; this is the updated plan'));
    await propose(uri, proposal.without, proposal.stageLine);
    return undefined;
  };

  const end = async ({ uri }: TextDocument): Promise<void> => {
    proposals.delete(uri.toString());
    await view.show(undefined);
    await commands.executeCommand('setContext', 'dockerfileOptimizer.hasPlan', false);
    await closeDiff(uri);
    previews.delete(uri);
  };

  const endWith = async (document: TextDocument, message: string): Promise<void> => {
    await end(document);
    window.showInformationMessage(message);
  };

  const what = l10n.t('Optimize Dockerfile');
  const report = (error: unknown) => reportFailure(client, what, error);
  const view = new PlanView((uri, without) => {
    propose(uri, without, proposals.get(uri.toString())?.stageLine).catch(report);
  });
  const command = (id: string, run: (uri: Uri, line?: number) => Promise<void>) =>
    registerCommand(client, id, what, async (argument, line) => {
      const uri = uriIn(argument) ?? activeDockerfile();
      if (uri) await run(uri, typeof line === 'number' ? line : undefined);
      else window.showInformationMessage(l10n.t('Open a Dockerfile first'));
    });

  return Disposable.from(
    previews,
    view,
    trackDiff(),
    workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, previews),
    workspace.onDidCloseTextDocument(({ uri }) => {
      proposals.delete(uri.toString());
      previews.delete(uri);
    }),
    command('optimize', (uri) => propose(uri)),
    command('optimizeStage', (uri, line) => propose(uri, undefined, line)),
    command('acceptAll', (uri) => acceptPlan(uri, false)),
    command('acceptSafe', acceptSafeSteps),
    command('reviewChanges', (uri) => acceptPlan(uri, true)),
    command('chooseSteps', chooseSteps),
    command('discardPreview', discardPreview),
  );
}

/** The editor passes a URI, a code lens its text. */
function uriIn(argument: unknown): Uri | undefined {
  if (argument instanceof Uri) return sourceOf(argument);
  return typeof argument === 'string' ? Uri.parse(argument, true) : undefined;
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

function nothingToDo(plan: OptimizeResult | null): string {
  if (!plan) return l10n.t('Cannot optimize: this file is not checked');
  if (plan.steps.length > 0) return l10n.t('No step selected: nothing changed');
  return plan.skipped.length === 0
    ? l10n.t('Nothing to optimize')
    : l10n.t('Nothing to optimize automatically; decisions left for you: {0} (see Problems)', plan.skipped.length);
}
