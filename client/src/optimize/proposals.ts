import { Disposable, l10n, type TextDocument, Uri, window, workspace } from 'vscode';
import type { OptimizeParams, OptimizeResult } from '../../../server/src/protocol';
import type { Client } from '../client';
import { closeDiffs, diffedInFront, revealIn, showDiff, showFileDiff, trackDiff } from './diffView';
import { PlanView } from './planView';
import { PREVIEW_SCHEME, PreviewDocuments, previewOf } from './previewDocuments';
import type { PlanPart, Proposal } from './proposal';
import { sendFiles, workspaceFiles } from './workspaceFiles';

/** The plans that are shown, each as a diff and as a list of steps. */
export class Proposals {
  readonly #shown = new Map<string, Proposal>();
  readonly #previews = new PreviewDocuments(PREVIEW_SCHEME);
  readonly #view: PlanView;
  readonly #disposables: Disposable;

  constructor(
    private readonly client: Client,
    report: (error: unknown) => void,
  ) {
    this.#view = new PlanView((uri, without) => {
      this.propose(uri, this.last(uri)?.part, without).catch(report);
    });
    this.#disposables = Disposable.from(
      this.#previews,
      this.#view,
      workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this.#previews),
      trackDiff((closed) => {
        Promise.all(closed.map((uri) => this.end(uri))).catch(report);
        this.#follow().catch(report);
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

  /** Call it when files beside the document have changed. */
  sendFiles(document: TextDocument): Promise<void> {
    return sendFiles(this.client, document);
  }

  /** Makes a plan and shows it. */
  async propose(uri: Uri, part: PlanPart = {}, without?: readonly string[]): Promise<void> {
    const document = await workspace.openTextDocument(uri);
    const full = await this.request(document, part);
    const plan = without ? await this.request(document, { ...part, without }) : full;
    const last = without && this.last(uri)?.verified;
    const verified = last?.plan.version === plan?.version ? last : undefined;
    if (full && plan && (plan.steps.length > 0 || without))
      await this.show({ document, plan, full, without, part, verified });
    else await this.endWith(document, nothingToDo(full, part));
  }

  /** The plan that was shown last, whether it still matches the text or not. */
  last(uri: Uri): Proposal | undefined {
    return this.#shown.get(uri.toString());
  }

  async show(proposal: Proposal): Promise<void> {
    const { document, plan, without } = proposal;
    this.#shown.set(document.uri.toString(), proposal);
    const preview = this.#previews.set(document.uri, plan.after);
    // After a tick the focus stays in the list.
    await showDiff(document, preview, without !== undefined);
    await this.#view.show(proposal);
  }

  /** The view is that of the diff in front. */
  async #follow(): Promise<void> {
    const front = diffedInFront();
    const proposal = front && this.last(front);
    if (proposal && !this.#view.isOf(proposal)) await this.#view.show(proposal);
  }

  /** Shows what a line of the view is about. */
  async reveal(node: unknown): Promise<void> {
    const place = this.#view.placeOf(node);
    if (!place) return;
    const { document, plan } = place.proposal;
    if (place.file) {
      const { path, before, after } = place.file;
      const uri = Uri.joinPath(document.uri, '..', path);
      await showFileDiff(before === undefined ? undefined : uri, this.#previews.set(document.uri, after, uri.path));
      return;
    }
    await showDiff(document, this.#previews.set(document.uri, plan.after), true);
    revealIn(document.uri, place.before);
    revealIn(previewOf(document.uri, PREVIEW_SCHEME), place.after);
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
    await this.propose(uri, proposal.part, proposal.without);
    return undefined;
  }

  /** What a step in the view advises to configure. */
  adviceFor(node: unknown): ReturnType<PlanView['adviceFor']> {
    return this.#view.adviceFor(node);
  }

  async end(uri: Uri): Promise<void> {
    this.#shown.delete(uri.toString());
    await this.#view.hide(uri);
    await closeDiffs(uri);
    this.#previews.delete(uri);
  }

  async endWith(document: TextDocument, message: string): Promise<void> {
    await this.end(document.uri);
    window.showInformationMessage(message);
  }
}

export function nothingToDo(plan: OptimizeResult | null, { inlineLine }: PlanPart): string {
  if (!plan && inlineLine !== undefined)
    return l10n.t('Cannot optimize: the cursor is not in a Dockerfile that is checked');
  if (!plan) return l10n.t('Cannot optimize: this file is not checked');
  if (plan.steps.length > 0) return l10n.t('No step selected: nothing changed');
  return plan.skipped.length === 0
    ? l10n.t('Nothing to optimize')
    : l10n.t('Nothing to optimize automatically; decisions left for you: {0} (see Problems)', plan.skipped.length);
}
