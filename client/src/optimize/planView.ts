import {
  type Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
  type Uri,
  window,
} from 'vscode';
import type { Advice, ImageFacts, OptimizeResult, OptimizeStep, VerifiedStep } from '../../../server/src/protocol';
import { evidenceOf } from '../../../server/src/reports/evidence';
import { exactBytes } from '../../../server/src/text/byteText';
import { aboutSize, listText } from '../wording';
import { uniqueSteps } from './planChanges';
import { totalSaving } from './stepText';
import { adviceText, isVerified, stateText, type VerifiedPlan, verifiedStep } from './verifiedSteps';

type Skipped = OptimizeResult['skipped'][number];

type Node =
  | { readonly kind: 'step'; readonly step: OptimizeStep }
  | { readonly kind: 'left'; readonly skipped: readonly Skipped[] }
  | { readonly kind: 'skipped'; readonly skipped: Skipped };

/** The content of the view: a plan with no step turned off, and the steps that are turned off. */
export interface ShownPlan {
  readonly uri: Uri;
  readonly full: OptimizeResult;
  readonly without: readonly string[];
  /** The plan without them. */
  readonly plan: OptimizeResult;
  readonly verified: VerifiedPlan | undefined;
}

/** The plan beside its diff: a checkbox for each step, and the skipped steps. */
export class PlanView implements TreeDataProvider<Node>, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view = window.createTreeView<Node>('dockerfileOptimizer.plan', {
    treeDataProvider: this,
    manageCheckboxStateManually: true,
  });
  #plan: ShownPlan | undefined;
  #nodes: readonly Node[] = [];

  /** After a tick, `onChoice` gets the ids of the steps that are turned off. */
  constructor(onChoice: (uri: Uri, without: readonly string[]) => void) {
    this.#view.onDidChangeCheckboxState(({ items }) => {
      const plan = this.#plan;
      if (!plan) return;
      const off = new Set(plan.without);
      for (const [node, state] of items) {
        if (node.kind !== 'step') continue;
        if (state === TreeItemCheckboxState.Checked) off.delete(node.step.id);
        else off.add(node.step.id);
      }
      onChoice(plan.uri, [...off]);
    });
  }

  async show(plan: ShownPlan | undefined): Promise<void> {
    const isNew = plan !== undefined && plan.uri.toString() !== this.#plan?.uri.toString();
    this.#plan = plan;
    this.#nodes = plan ? nodesOf(plan) : [];
    this.#view.description = plan?.uri.path.split('/').pop() ?? '';
    this.#view.message = plan ? figuresText(plan) : '';
    this.#changed.fire();
    const [first] = this.#nodes;
    if (!isNew || !first) return;
    try {
      // Opens the view beside the diff without moving the focus.
      await this.#view.reveal(first, { select: false, focus: false });
    } catch {
      // If the view was redrawn meanwhile, it does not know this step any more; it is open all the same.
    }
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
    switch (node.kind) {
      case 'step':
        return this.#stepItem(node.step);
      case 'left':
        return new TreeItem(l10n.t('Skipped steps'), TreeItemCollapsibleState.Collapsed);
      default:
        return skippedItem(node.skipped);
    }
  }

  #stepItem(step: OptimizeStep): TreeItem {
    const isOn = this.#plan?.without.includes(step.id) !== true;
    const verified = this.#verifiedStep(step.id);
    const item = new TreeItem(step.title);
    item.id = step.id;
    item.description = [...(verified ? [stateText(verified, isOn, l10n)] : []), ...notesOn(step)].join(' · ');
    item.tooltip = tooltipOf(step, verified);
    item.iconPath = iconOf(step, verified);
    item.checkboxState = isOn ? TreeItemCheckboxState.Checked : TreeItemCheckboxState.Unchecked;
    if (verified?.advice) item.contextValue = 'advised';
    return item;
  }

  #verifiedStep(id: string): VerifiedStep | undefined {
    return this.#plan && verifiedStep(id, this.#plan.plan, this.#plan.verified);
  }

  /** For the configuration of a Dockerfile, from a dropped step of its plan. */
  adviceFor(node: unknown): { readonly uri: Uri; readonly advice: Advice } | undefined {
    const found = this.#nodes.find((one) => one === node);
    const advice = found?.kind === 'step' ? this.#verifiedStep(found.step.id)?.advice : undefined;
    return this.#plan && advice ? { uri: this.#plan.uri, advice } : undefined;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}

function nodesOf({ full: { steps, skipped }, plan }: ShownPlan): Node[] {
  // Without a step, another one may be possible.
  const others = plan.steps.filter(({ id }) => steps.every((step) => step.id !== id));
  const lines = uniqueSteps([...steps, ...others]).map((step): Node => ({ kind: 'step', step }));
  return skipped.length === 0 ? lines : [...lines, { kind: 'left', skipped }];
}

/** Facts for the decision on a step, in a few words. */
export function notesOn(step: OptimizeStep): string[] {
  const saving = totalSaving([step]);
  const rebuilt = -(step.rebuiltSteps ?? 0);
  return [
    ...(step.safety === 'unsafe' ? [l10n.t('may change behavior')] : []),
    ...(saving === undefined ? [] : [l10n.t('{0} smaller', aboutSize(saving))]),
    ...(rebuilt > 0 ? [l10n.t('{0} fewer steps to rebuild', rebuilt)] : []),
    ...(step.files ?? []),
  ];
}

function iconOf({ safety }: OptimizeStep, verified: VerifiedStep | undefined): ThemeIcon {
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

function skippedItem({ title, why, id }: Skipped): TreeItem {
  const item = new TreeItem(title);
  item.description = why;
  item.tooltip = `${title}: ${why} (${id})`;
  item.iconPath = new ThemeIcon('circle-slash');
  return item;
}

/** Measured figures if the plan was verified, else estimates. */
function figuresText({ full, plan, verified }: ShownPlan): string {
  if (!isVerified(plan, verified) || verified.verification.before.bytes === undefined) return summaryText(full.summary);
  const { before, after, verifiedAt } = verified.verification;
  const images = [before, ...(after ? [after] : [])].map(measuredText);
  return l10n.t('{0}, measured on {1}', images.join(' → '), verifiedAt.slice(0, 10));
}

function measuredText({ layers, bytes }: ImageFacts): string {
  return listText([
    ...(layers === undefined ? [] : [layerCount(layers)]),
    ...(bytes === undefined ? [] : [exactBytes(bytes)]),
  ]);
}

function layerCount(layers: number): string {
  return layers === 1 ? l10n.t('1 layer') : l10n.t('{0} layers', layers);
}

function summaryText({ before, after }: OptimizeResult['summary']): string {
  const isKnown = before.baseBytes !== undefined && after.baseBytes !== undefined;
  const image = ({ layers, baseBytes = 0 }: typeof before): string =>
    listText([layerCount(layers), ...(isKnown ? [l10n.t('base {0}', aboutSize(baseBytes))] : [])]);
  return `${image(before)} → ${image(after)}`;
}
