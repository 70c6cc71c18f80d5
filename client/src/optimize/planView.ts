import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
  TextEditorSelectionChangeKind,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { Advice, OptimizeResult, OptimizeStep, VerifiedStep } from '../../../server/src/protocol';
import { evidenceOf } from '../../../server/src/reports/evidence';
import { sizeText } from '../../../server/src/text/byteText';
import { codeOf, findingsIn } from '../findings';
import { stepCount } from '../wording';
import { placesOf, uniqueSteps } from './planChanges';
import { PREVIEW_SCHEME, previewOf, sourceOf } from './previewDocuments';
import type { Proposal } from './proposal';
import { totalSaving } from './stepText';
import { adviceText, isVerified, outcomeText, stateText, verifiedStep } from './verifiedSteps';

type Skipped = OptimizeResult['skipped'][number];
type PlannedFile = OptimizeResult['files'][number];

type Node =
  | { readonly kind: 'step'; readonly step: OptimizeStep }
  | { readonly kind: 'file'; readonly file: PlannedFile }
  | { readonly kind: 'left'; readonly skipped: readonly Skipped[] }
  | { readonly kind: 'skipped'; readonly skipped: Skipped };

/** Where a line of the view leads. */
interface Place {
  readonly proposal: Proposal;
  readonly file?: PlannedFile;
  readonly before: readonly Range[];
  readonly after: readonly Range[];
}

/** The plan beside its diff: a checkbox for each step, the files that it writes, and the skipped steps. */
export class PlanView implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view = window.createTreeView<Node>('dockerfileOptimizer.plan', {
    treeDataProvider: this,
    manageCheckboxStateManually: true,
  });
  readonly #followCursor: Disposable;
  #proposal: Proposal | undefined;
  #nodes: readonly Node[] = [];

  /** After a tick, `onChoice` gets the ids of the steps that are turned off. */
  constructor(onChoice: (uri: Uri, without: readonly string[]) => void) {
    this.#view.onDidChangeCheckboxState(({ items }) => {
      const proposal = this.#proposal;
      if (!proposal) return;
      const off = new Set(proposal.without);
      for (const [node, state] of items) {
        if (node.kind !== 'step') continue;
        if (state === TreeItemCheckboxState.Checked) off.delete(node.step.id);
        else off.add(node.step.id);
      }
      onChoice(proposal.document.uri, [...off]);
    });
    this.#followCursor = window.onDidChangeTextEditorSelection(({ kind, textEditor: { document, selection } }) => {
      const isByUser = kind === TextEditorSelectionChangeKind.Mouse || kind === TextEditorSelectionChangeKind.Keyboard;
      if (isByUser && this.#view.visible) this.#select(document, selection.active);
    });
  }

  async show(proposal: Proposal): Promise<void> {
    const isNew = !this.#proposal || !this.isOf(proposal);
    const { document, plan } = proposal;
    this.#proposal = proposal;
    this.#nodes = nodesOf(proposal);
    this.#view.description = document.uri.path.split('/').pop() ?? '';
    this.#view.message = headline(proposal);
    const safe = plan.steps.filter(({ safety }) => safety === 'safe').length;
    await commands.executeCommand('setContext', 'dockerfileOptimizer.hasPlan', true);
    await commands.executeCommand('setContext', 'dockerfileOptimizer.isMixed', safe > 0 && safe < plan.steps.length);
    this.#changed.fire();
    const [first] = this.#nodes;
    // Opens the view beside the diff without moving the focus.
    if (isNew && first) await this.#reveal(first, false);
  }

  /** Ends the plan of this Dockerfile, if it is shown. */
  async hide(uri: Uri): Promise<void> {
    if (this.#proposal?.document.uri.toString() !== uri.toString()) return;
    this.#proposal = undefined;
    this.#nodes = [];
    this.#changed.fire();
    await commands.executeCommand('setContext', 'dockerfileOptimizer.hasPlan', false);
  }

  isOf({ document }: Proposal): boolean {
    return this.#proposal?.document === document;
  }

  async #reveal(node: Node, select: boolean): Promise<void> {
    try {
      await this.#view.reveal(node, { select, focus: false });
    } catch {
      // If the view was redrawn meanwhile, it does not know this step any more; it is open all the same.
    }
  }

  /** The step that changes this place, in either text of the diff. */
  #select(document: TextDocument, position: Position): void {
    const proposal = this.#proposal;
    if (!proposal || sourceOf(document.uri).toString() !== proposal.document.uri.toString()) return;
    const side = document === proposal.document ? 'before' : 'after';
    const found = placesOf(proposal.plan).find((place) =>
      linesOf(document, place[side]).contains(position.with({ character: 0 })),
    );
    const node = this.#nodes.find((one) => one.kind === 'step' && one.step.id === found?.steps.at(-1)?.id);
    if (node) void this.#reveal(node, true);
  }

  /** Undefined: it is no line of the view. */
  placeOf(node: unknown): Place | undefined {
    const proposal = this.#proposal;
    if (!proposal) return undefined;
    const found = node as Node;
    if (found.kind === 'file') return { proposal, file: found.file, before: [], after: [] };
    const { document, plan } = proposal;
    if (found.kind === 'skipped') {
      const finding = findingsIn(document.uri).find((one) => codeOf(one) === found.skipped.id);
      return { proposal, before: finding ? [finding.range] : [], after: [] };
    }
    if (found.kind !== 'step') return undefined;
    const { id, files = [] } = found.step;
    const places = placesOf(plan).filter(({ steps }) => steps.some((step) => step.id === id));
    const file = plan.files.find(({ path }) => files.includes(path));
    const preview = workspace.textDocuments.find(
      ({ uri }) => uri.toString() === previewOf(document.uri, PREVIEW_SCHEME).toString(),
    );
    return {
      proposal,
      // A step that changes nothing here writes a file.
      ...(places.length === 0 && file ? { file } : {}),
      before: places.map(({ before }) => linesOf(document, before)),
      after: preview ? places.map(({ after }) => linesOf(preview, after)) : [],
    };
  }

  getChildren(node?: Node): Node[] {
    if (!node) return [...this.#nodes];
    return node.kind === 'left' ? node.skipped.map((skipped): Node => ({ kind: 'skipped', skipped })) : [];
  }

  /** Only top-level nodes are ever revealed. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem(node: Node): TreeItem {
    const item = this.#itemOf(node);
    if (node.kind !== 'left')
      item.command = {
        command: 'dockerfileOptimizer.revealStep',
        title: l10n.t('Show in the diff'),
        arguments: [node],
      };
    return item;
  }

  #itemOf(node: Node): TreeItem {
    switch (node.kind) {
      case 'step':
        return this.#stepItem(node.step);
      case 'file':
        return fileItem(node.file);
      case 'left': {
        const item = new TreeItem(l10n.t('Skipped steps'), TreeItemCollapsibleState.Collapsed);
        item.description = String(node.skipped.length);
        return item;
      }
      default:
        return skippedItem(node.skipped);
    }
  }

  #stepItem(step: OptimizeStep): TreeItem {
    const isOn = this.#proposal?.without?.includes(step.id) !== true;
    const verified = this.#verifiedStep(step.id);
    const item = new TreeItem(step.label);
    item.id = step.id;
    item.description = [...notesOn(step), ...(verified ? [stateText(verified, isOn, l10n)] : [])].join(' · ');
    item.tooltip = tooltipOf(step, verified);
    item.accessibilityInformation = { label: [step.title, item.description].join(', ') };
    const icon = iconOf(step, verified);
    if (icon) item.iconPath = icon;
    item.checkboxState = isOn ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked;
    if (verified?.advice) item.contextValue = 'advised';
    return item;
  }

  #verifiedStep(id: string): VerifiedStep | undefined {
    return this.#proposal && verifiedStep(id, this.#proposal.plan, this.#proposal.verified);
  }

  /** For the configuration of a Dockerfile, from a dropped step of its plan. */
  adviceFor(node: unknown): { readonly uri: Uri; readonly advice: Advice } | undefined {
    const found = this.#nodes.find((one) => one === node);
    const advice = found?.kind === 'step' ? this.#verifiedStep(found.step.id)?.advice : undefined;
    return this.#proposal && advice ? { uri: this.#proposal.document.uri, advice } : undefined;
  }

  dispose(): void {
    this.#followCursor.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }
}

/** The biggest saving first; the steps of a plan are applied in another order. */
function nodesOf({ full: { steps, skipped }, plan }: Proposal): Node[] {
  // Without a step, another one may be possible.
  const others = plan.steps.filter(({ id }) => steps.every((step) => step.id !== id));
  const sorted = uniqueSteps([...steps, ...others]).sort((a, b) => (a.impactBytes ?? 0) - (b.impactBytes ?? 0));
  return [
    ...sorted.map((step): Node => ({ kind: 'step', step })),
    ...plan.files.map((file): Node => ({ kind: 'file', file })),
    ...(skipped.length === 0 ? [] : [{ kind: 'left', skipped } as const]),
  ];
}

/** Facts for the decision on a step, in a few words. */
function notesOn(step: OptimizeStep): string[] {
  const saving = totalSaving([step]);
  const rebuilt = -(step.rebuiltSteps ?? 0);
  return [
    ...(saving === undefined ? [] : [`−${sizeText(saving)}`]),
    ...(step.safety === 'unsafe' ? [l10n.t('may change behavior')] : []),
    ...(rebuilt > 0
      ? [rebuilt === 1 ? l10n.t('1 fewer step to rebuild') : l10n.t('{0} fewer steps to rebuild', rebuilt)]
      : []),
  ];
}

/** Whole lines, so that a click shows what has changed. */
function linesOf(document: TextDocument, { start, end }: { readonly start: number; readonly end: number }): Range {
  const last = document.positionAt(Math.max(start, end - 1)).line;
  return new Range(document.positionAt(start).line, 0, last, document.lineAt(last).text.length);
}

function iconOf({ safety }: OptimizeStep, verified: VerifiedStep | undefined): ThemeIcon | undefined {
  if (verified?.state === 'dropped') return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
  if (verified?.state === 'proven') return new ThemeIcon('verified', new ThemeColor('testing.iconPassed'));
  return new ThemeIcon(safety === 'safe' ? 'pass' : 'warning');
}

function tooltipOf({ title, reason, risk, id }: OptimizeStep, verified: VerifiedStep | undefined): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(title).appendMarkdown(`** \`${id}\`\n\n${reason}`);
  if (risk !== undefined) text.appendMarkdown(`\n\n${l10n.t('Risk:')} ${risk}`);
  if (verified?.state === 'dropped') appendEvidence(text, verified);
  return text;
}

/** What a program writes is never markup. */
function appendEvidence(text: MarkdownString, step: VerifiedStep): void {
  for (const difference of step.differences ?? []) text.appendMarkdown('\n\n').appendText(difference.text);
  const lines = evidenceOf(step.differences ?? []);
  if (lines.length > 0) text.appendCodeblock(lines.join('\n'), 'log');
  if (step.advice)
    text
      .appendMarkdown(`\n\n${l10n.t('For next time, add to the configuration:')}`)
      .appendCodeblock(adviceText(step.advice), 'yaml');
}

function fileItem({ path, before }: PlannedFile): TreeItem {
  const item = new TreeItem(path);
  item.description = before === undefined ? l10n.t('is created') : l10n.t('is changed');
  item.iconPath = new ThemeIcon('file');
  return item;
}

function skippedItem({ label, title, why, id, reason }: Skipped): TreeItem {
  const item = new TreeItem(label);
  item.description = why;
  const text = new MarkdownString('', true);
  text.appendMarkdown('**').appendText(title).appendMarkdown(`** \`${id}\`\n\n`).appendText(why);
  const remedy = remedyOf(reason);
  if (remedy !== undefined) text.appendMarkdown(`\n\n$(lightbulb) ${remedy}`);
  text.isTrusted = { enabledCommands: ['workbench.action.openSettings'] };
  item.tooltip = text;
  item.iconPath = new ThemeIcon('circle-slash');
  return item;
}

/** What makes it possible; a refusal says it itself. */
function remedyOf(reason: Skipped['reason']): string | undefined {
  if (reason === 'unsafe') {
    const settings = encodeURIComponent(JSON.stringify(['dockerfileOptimizer.optimize.level']));
    return l10n.t('A higher [level](command:workbench.action.openSettings?{0}) includes it', settings);
  }
  if (reason === 'manual') return l10n.t('The decision is yours: select it to go to the line');
  return reason === 'conflict' ? l10n.t('Apply the plan, then optimize again') : undefined;
}

/** What the ticked steps do. */
function headline({ plan, verified }: Proposal): string {
  const { change, steps } = plan;
  return [
    change === '' ? stepCount(uniqueSteps(steps).length) : change,
    ...(isVerified(plan, verified) ? [outcomeText(verified.verification, l10n)] : []),
  ].join(' · ');
}
