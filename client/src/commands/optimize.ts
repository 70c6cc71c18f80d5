import {
  commands,
  type Disposable,
  Disposable as Disposables,
  l10n,
  TabInputTextDiff,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { OptimizeParams, OptimizeResult, OptimizeStep } from '../../../server/src/protocol';
import type { Client } from '../activate';
import { applyPlan } from '../applyPlan';
import { PREVIEW_SCHEME, PreviewDocuments } from '../previewDocuments';
import { aboutBytes, toStepItem, totalSaving } from '../stepText';

/** One plan on show, until it is accepted or discarded. */
interface Proposal {
  readonly document: TextDocument;
  readonly plan: OptimizeResult;
  /** Steps switched off; undefined before the user has chosen. */
  readonly without: readonly string[] | undefined;
  /** All steps that can be chosen from, also those switched off. */
  readonly all: OptimizeResult;
}

/** "Optimize Dockerfile": the plan as a diff first; nothing is touched before it is accepted. */
export function registerOptimize(client: Client): Disposable {
  const previews = new PreviewDocuments();
  const proposals = new Map<string, Proposal>();

  const request = (document: TextDocument, without: readonly string[] = []): Promise<OptimizeResult | null> => {
    const params: OptimizeParams = { uri: client.code2ProtocolConverter.asUri(document.uri), without };
    return client.sendRequest<OptimizeResult | null>('dockerfile/optimize', params);
  };

  const propose = async (document: TextDocument): Promise<void> => {
    const plan = await request(document);
    if (!plan || plan.steps.length === 0) {
      window.showInformationMessage(nothingToDo(plan));
      return;
    }
    await show({ document, plan, without: undefined, all: plan });
    await askWhatToDo(document.uri);
  };

  const show = async (proposal: Proposal): Promise<void> => {
    const { document, plan } = proposal;
    proposals.set(document.uri.toString(), proposal);
    const preview = previews.set(document.uri, plan.after);
    const title = l10n.t('Optimize Dockerfile: {0}', document.uri.path.split('/').pop() ?? '');
    await commands.executeCommand('vscode.diff', document.uri, preview, title, { preview: true });
  };

  /** Does not wait: the diff stays on show, and its title bar has the same choices. */
  const askWhatToDo = async (uri: Uri): Promise<void> => {
    const proposal = proposals.get(uri.toString());
    if (!proposal) return;
    const [accept, choose, discard] = [l10n.t('Accept All'), l10n.t('Choose Steps…'), l10n.t('Discard')];
    window.showInformationMessage(summary(proposal.plan), accept, choose, discard).then((answer) => {
      if (answer === accept) return acceptAll(uri);
      if (answer === choose) return chooseSteps(uri);
      return answer === discard ? discardPreview(uri) : undefined;
    }, report);
  };

  const acceptAll = async (uri: Uri): Promise<void> => {
    const proposal = proposals.get(uri.toString());
    if (!proposal) return;
    const { document, without } = proposal;
    // The file may have changed since: its plan is then another one, and is shown first.
    const plan = document.version === proposal.plan.version ? proposal.plan : await request(document, without);
    if (!plan) return;
    if (plan !== proposal.plan) {
      await show({ ...proposal, plan });
      window.showInformationMessage(l10n.t('The file has changed: this is the new plan'));
      return;
    }
    await discardPreview(uri);
    await applyPlan(document, plan);
  };

  const chooseSteps = async (uri: Uri): Promise<void> => {
    const proposal = proposals.get(uri.toString());
    if (!proposal) return;
    const { document, all, without } = proposal;
    // What may change behaviour has to be ticked by a person.
    const isPicked = ({ id, safety }: OptimizeStep) => (without ? !without.includes(id) : safety === 'safe');
    const items = uniqueSteps(all).map((step) => toStepItem(step, l10n.t('may change behaviour'), isPicked(step)));
    const chosen = await window.showQuickPick(items, {
      canPickMany: true,
      title: l10n.t('Steps of the plan'),
      placeHolder: l10n.t('The diff shows the steps that are ticked'),
      matchOnDetail: true,
    });
    if (!chosen) return;
    const ids = new Set(chosen.map((item) => item.id));
    const off = items.filter((item) => !ids.has(item.id)).map((item) => item.id);
    const plan = await request(document, off);
    if (!plan) return;
    await show({ document, plan, without: off, all });
    await askWhatToDo(uri);
  };

  const discardPreview = async (uri: Uri): Promise<void> => {
    proposals.delete(uri.toString());
    await closeDiff(uri);
    previews.delete(uri);
  };

  const report = (error: unknown): void => {
    const output = l10n.t('Show Output');
    window.showErrorMessage(l10n.t('Optimize Dockerfile failed: {0}', messageOf(error)), output).then((answer) => {
      if (answer === output) client.outputChannel.show();
    });
  };
  const command = (id: string, run: (uri: Uri) => Promise<void>) =>
    commands.registerCommand(id, async (argument: unknown) => {
      const uri = sourceOf(argument);
      if (uri) await run(uri).catch(report);
      else window.showInformationMessage(l10n.t('Open a Dockerfile first'));
    });

  return Disposables.from(
    previews,
    workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, previews),
    workspace.onDidCloseTextDocument((document) => proposals.delete(document.uri.toString())),
    command('dockerfileOptimizer.optimize', async (uri) => propose(await workspace.openTextDocument(uri))),
    command('dockerfileOptimizer.acceptAll', acceptAll),
    command('dockerfileOptimizer.chooseSteps', chooseSteps),
    command('dockerfileOptimizer.discardPreview', discardPreview),
  );
}

/** The Dockerfile meant: the one given, the one behind the preview, or the one in front. */
function sourceOf(argument: unknown): Uri | undefined {
  const uri = argument instanceof Uri ? argument : activeUri();
  return uri?.scheme === PREVIEW_SCHEME ? PreviewDocuments.sourceOf(uri) : uri;
}

function activeUri(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputTextDiff ? input.original : window.activeTextEditor?.document.uri;
}

async function closeDiff(uri: Uri): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const diffs = tabs.filter(
    ({ input }) =>
      input instanceof TabInputTextDiff &&
      input.modified.scheme === PREVIEW_SCHEME &&
      input.original.toString() === uri.toString(),
  );
  await window.tabGroups.close(diffs);
}

/** A rule at work in several rounds is one line to tick. */
function uniqueSteps({ steps }: OptimizeResult) {
  return steps.filter((step, index) => steps.findIndex((other) => other.id === step.id) === index);
}

function summary({ steps }: OptimizeResult): string {
  const saving = totalSaving(steps);
  const unsafe = steps.filter((step) => step.safety === 'unsafe').length;
  return [
    l10n.t('{0} steps', steps.length),
    ...(saving === undefined ? [] : [l10n.t('{0} smaller', aboutBytes(saving))]),
    ...(unsafe > 0 ? [l10n.t('{0} may change behaviour', unsafe)] : []),
  ].join(', ');
}

function nothingToDo(plan: OptimizeResult | null): string {
  if (!plan) return l10n.t('Nothing to optimize: this file is not checked');
  return plan.skipped.length === 0
    ? l10n.t('Nothing to optimize')
    : l10n.t('Nothing to optimize: {0} findings are for you to decide, see Problems', plan.skipped.length);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
