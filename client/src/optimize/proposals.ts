import { commands, Disposable, l10n, type TextDocument, type Uri, window, workspace } from 'vscode';
import type { OptimizeParams, OptimizeResult } from '../../../server/src/protocol';
import type { Client } from '../client';
import { closeDiff, showDiff } from './diffView';
import { PlanView } from './planView';
import { PREVIEW_SCHEME, PreviewDocuments } from './previewDocuments';
import type { VerifiedPlan } from './verifiedSteps';
import { workspaceFiles } from './workspaceFiles';

/** A plan that is shown until it is accepted or discarded. */
export interface Proposal {
  readonly document: TextDocument;
  readonly plan: OptimizeResult;
  /** The plan with no step turned off: all steps that can be chosen. */
  readonly full: OptimizeResult;
  /** Ids of the steps turned off; undefined before the user has chosen. */
  readonly without: readonly string[] | undefined;
  /** The line of the FROM, if the plan is for one stage only. */
  readonly stageLine: number | undefined;
  /** What is known of its steps from building and running the image. */
  readonly verified: VerifiedPlan | undefined;
}

/** The plans that are shown, each as a diff and as a list of steps. */
export class Proposals {
  readonly #shown = new Map<string, Proposal>();
  readonly #previews = new PreviewDocuments(PREVIEW_SCHEME);
  readonly #view: PlanView;
  readonly #disposables: Disposable;

  constructor(
    private readonly client: Client,
    /** Asks what to do with a new plan. Not awaited: the diff stays open, and its title bar has the same choices. */
    private readonly ask: (proposal: Proposal) => void,
    report: (error: unknown) => void,
  ) {
    this.#view = new PlanView((uri, without) => {
      this.propose(uri, without, this.last(uri)?.stageLine).catch(report);
    });
    this.#disposables = Disposable.from(
      this.#previews,
      this.#view,
      workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this.#previews),
      workspace.onDidCloseTextDocument(({ uri }) => {
        this.#shown.delete(uri.toString());
        this.#previews.delete(uri);
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async request(document: TextDocument, choice: Omit<OptimizeParams, 'uri'> = {}): Promise<OptimizeResult | null> {
    const uri = this.client.code2ProtocolConverter.asUri(document.uri);
    return this.client.sendRequest('dockerfile/optimize', { ...choice, uri, context: await workspaceFiles(document) });
  }

  /** Makes a plan and shows it. */
  async propose(uri: Uri, without?: readonly string[], stageLine?: number): Promise<void> {
    const document = await workspace.openTextDocument(uri);
    const full = await this.request(document, { stageLine });
    const plan = without ? await this.request(document, { stageLine, without }) : full;
    const last = without && this.last(uri)?.verified;
    const verified = last?.plan.version === plan?.version ? last : undefined;
    if (full && plan && (plan.steps.length > 0 || without))
      await this.show({ document, plan, full, without, stageLine, verified });
    else await this.endWith(document, nothingToDo(full));
  }

  /** The plan that was shown last, whether it still matches the text or not. */
  last(uri: Uri): Proposal | undefined {
    return this.#shown.get(uri.toString());
  }

  async show(proposal: Proposal): Promise<void> {
    const { document, plan, full, without = [], verified } = proposal;
    this.#shown.set(document.uri.toString(), proposal);
    await showDiff(document, this.#previews.set(document.uri, plan.after));
    await commands.executeCommand('setContext', 'dockerfileOptimizer.hasPlan', true);
    await this.#view.show({ uri: document.uri, full, without, plan, verified });
    // After a tick in the plan, only show its effect; do not ask again.
    if (!proposal.without) this.ask(proposal);
  }

  /** The shown plan, if it still matches the text. If the file has changed, shows its new plan instead. */
  async current(uri: Uri): Promise<Proposal | undefined> {
    const proposal = this.last(uri);
    if (!proposal) {
      window.showInformationMessage(l10n.t('Run Optimize Dockerfile first'));
      return undefined;
    }
    if (proposal.document.version === proposal.plan.version) return proposal;
    window.showInformationMessage(l10n.t('The file has changed; this is the updated plan'));
    await this.propose(uri, proposal.without, proposal.stageLine);
    return undefined;
  }

  /** What a step in the view advises to configure. */
  adviceFor(node: unknown): ReturnType<PlanView['adviceFor']> {
    return this.#view.adviceFor(node);
  }

  async discard(uri: Uri): Promise<void> {
    const document = this.last(uri)?.document;
    if (document) await this.end(document);
    else await closeDiff(uri);
  }

  async end({ uri }: TextDocument): Promise<void> {
    this.#shown.delete(uri.toString());
    await this.#view.show(undefined);
    await commands.executeCommand('setContext', 'dockerfileOptimizer.hasPlan', false);
    await closeDiff(uri);
    this.#previews.delete(uri);
  }

  async endWith(document: TextDocument, message: string): Promise<void> {
    await this.end(document);
    window.showInformationMessage(message);
  }
}

export function nothingToDo(plan: OptimizeResult | null): string {
  if (!plan) return l10n.t('Cannot optimize: this file is not checked');
  if (plan.steps.length > 0) return l10n.t('No step selected: nothing changed');
  return plan.skipped.length === 0
    ? l10n.t('Nothing to optimize')
    : l10n.t('Nothing to optimize automatically; decisions left for you: {0} (see Problems)', plan.skipped.length);
}
