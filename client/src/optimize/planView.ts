import {
  type Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCheckboxState,
  TreeItemCollapsibleState,
  type Uri,
  window,
} from 'vscode';
import type { OptimizeResult, OptimizeStep } from '../../../server/src/protocol';
import { aboutSize, listText } from '../wording';
import { uniqueSteps } from './planChanges';
import { totalSaving } from './stepText';

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
    this.#nodes = plan ? nodesOf(plan.full) : [];
    const figures = plan?.full.summary;
    this.#view.description = plan?.uri.path.split('/').pop() ?? '';
    this.#view.message = figures ? summaryText(figures) : '';
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
    const item = new TreeItem(step.title);
    item.id = step.id;
    item.description = notesOn(step).join(' · ');
    item.tooltip = tooltipOf(step);
    item.iconPath = new ThemeIcon(step.safety === 'safe' ? 'pass' : 'warning');
    item.checkboxState = this.#plan?.without.includes(step.id)
      ? TreeItemCheckboxState.Unchecked
      : TreeItemCheckboxState.Checked;
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}

function nodesOf({ steps, skipped }: OptimizeResult): Node[] {
  const lines = uniqueSteps(steps).map((step): Node => ({ kind: 'step', step }));
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

function tooltipOf({ title, reason, risk, id }: OptimizeStep): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(title).appendMarkdown(`** \`${id}\`\n\n${reason}`);
  if (risk !== undefined) text.appendMarkdown(`\n\n${l10n.t('Risk:')} ${risk}`);
  return text;
}

function skippedItem({ title, why, id }: Skipped): TreeItem {
  const item = new TreeItem(title);
  item.description = why;
  item.tooltip = `${title}: ${why} (${id})`;
  item.iconPath = new ThemeIcon('circle-slash');
  return item;
}

function summaryText({ before, after }: OptimizeResult['summary']): string {
  const isKnown = before.baseBytes !== undefined && after.baseBytes !== undefined;
  const image = ({ layers, baseBytes = 0 }: typeof before): string =>
    listText([
      layers === 1 ? l10n.t('1 layer') : l10n.t('{0} layers', layers),
      ...(isKnown ? [l10n.t('base {0}', aboutSize(baseBytes))] : []),
    ]);
  return `${image(before)} → ${image(after)}`;
}
