import { sizeText } from '../../../../server/src/text/byteText';
import { element } from '../element';
import { l10n } from '../l10n';
import { createRows } from '../virtualRows';
import { type FileNode, type FileOrder, type FileState, type TreeRow, visibleRows } from './fileTree';

export interface FileTreeView {
  readonly body: HTMLElement;
  show(root: FileNode, order: FileOrder, isFiltered: boolean): void;
  /** Opens the parent folders and moves to the file. */
  reveal(node: FileNode): void;
}

/** With more matches than this, folders are not opened automatically. */
const MAX_OPENED = 2000;
const INDENT = 14;

export function createFileTree(): FileTreeView {
  /** By path, to survive a filter. */
  const opened = new Set<string>();
  let root: FileNode | undefined;
  let order: FileOrder = 'size';
  let isFiltered = false;
  let rows: readonly TreeRow[] = [];
  const isOpen = (node: FileNode): boolean => isFiltered || opened.has(node.path);

  const list = createRows<TreeRow>({
    attributes: { role: 'tree', 'aria-label': l10n.t('Files') },
    render: (row) => drawRow(row, root?.bytes ?? 0, isOpen(row.node)),
    activate: ({ node }, index) => toggle(node, index),
    onClick: ({ node }, index) => toggle(node, index),
    onKey(key, { node, level }, index) {
      if (key === 'ArrowRight' && node.children) {
        if (isOpen(node)) list.goTo(index + 1);
        else toggle(node, index);
      } else if (key === 'ArrowLeft' && node.children && isOpen(node) && !isFiltered) toggle(node, index);
      else if (key === 'ArrowLeft' && level > 1) list.goTo(rows.findIndex((row) => row.node === node.parent));
      else if (key === ' ') toggle(node, index);
      else return false;
      return true;
    },
  });
  const update = (): void => {
    rows = root ? visibleRows(root, isOpen, order) : [];
    list.set(rows);
  };
  const toggle = (node: FileNode, index: number): void => {
    if (!node.children || isFiltered) return;
    if (!opened.delete(node.path)) opened.add(node.path);
    update();
    list.goTo(index);
  };
  return {
    body: list.scroller,
    show(next, by, filtered) {
      root = next;
      order = by;
      isFiltered = filtered && next.fileCount <= MAX_OPENED;
      if (opened.size === 0) openLargest(next, opened);
      update();
    },
    reveal(node) {
      for (let above = node.parent; above; above = above.parent) opened.add(above.path);
      update();
      list.goTo(rows.findIndex((row) => row.node === node));
    },
  };
}

/** Opens the path to the largest part of the image, so that something is visible at once. */
function openLargest(root: FileNode, opened: Set<string>): void {
  for (const child of root.children ?? []) if (child.children && child.bytes * 3 > root.bytes) opened.add(child.path);
}

function drawRow({ node, level, position, siblings }: TreeRow, total: number, isOpen: boolean): HTMLElement {
  const share = total > 0 ? node.bytes / total : 0;
  const state = stateText(node.state);
  const name = element('span', { class: 'file-name' }, node.children ? `${node.name}/` : node.name);
  const row = element(
    'div',
    {
      role: 'treeitem',
      class: node.state ? 'file gone' : 'file',
      'aria-level': level,
      'aria-posinset': position,
      'aria-setsize': siblings,
      'aria-expanded': node.children ? String(isOpen) : undefined,
      'aria-label': [node.name, sizeText(node.bytes), ...(state ? [state] : [])].join(', '),
      title: `/${node.path}`,
    },
    element('span', { class: node.children ? 'twistie' : 'twistie none', 'aria-hidden': 'true' }),
    name,
    element('span', { class: 'quiet state' }, state ?? wasteText(node)),
    element('span', { class: 'share', 'aria-hidden': 'true' }, l10n.percent(share)),
    element('span', { class: 'size' }, sizeText(node.bytes)),
  );
  row.style.paddingInlineStart = `${8 + Math.min(level - 1, 20) * INDENT}px`;
  row.style.setProperty('--share', `${share * 100}%`);
  return row;
}

function stateText(state: FileState | undefined): string | undefined {
  if (state === 1) return l10n.t('replaced later');
  return state === 2 ? l10n.t('deleted later') : undefined;
}

function wasteText({ wastedBytes }: FileNode): string {
  return wastedBytes > 0 ? l10n.t('{0} wasted', sizeText(wastedBytes)) : '';
}
