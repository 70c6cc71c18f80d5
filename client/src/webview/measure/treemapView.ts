import { sizeText } from '../../../../server/src/text/byteText';
import { button, element } from '../element';
import { l10n } from '../l10n';
import type { FileNode } from './fileTree';
import { LABEL_HEIGHT, layOutTreemap, type TreemapCell } from './treemapCells';

export interface TreemapView {
  readonly body: HTMLElement;
  show(root: FileNode): void;
}

/** The number of colors in the style sheet. */
const COLOURS = 6;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Folders and files as areas. A click or Enter opens a folder; Backspace or the path on top leaves it. */
export function createTreemap(reveal: (node: FileNode) => void): TreemapView {
  const path = element('nav', { class: 'path', 'aria-label': l10n.t('Folder shown') });
  const area = element('div', { class: 'treemap', role: 'group', 'aria-label': l10n.t('Treemap of sizes') });
  const body = element('div', { class: 'treemap-pane' }, path, area);
  let root: FileNode | undefined;
  let shown: FileNode | undefined;
  let cells: { readonly cell: TreemapCell; readonly drawn: HTMLElement }[] = [];

  const draw = (): void => {
    if (!root || !shown) return;
    const total = root.bytes;
    cells = layOutTreemap(shown, area.clientWidth, area.clientHeight).map((cell) => ({
      cell,
      drawn: drawCell(cell, total),
    }));
    area.replaceChildren(...cells.map(({ drawn }) => drawn));
    if (cells[0]) cells[0].drawn.tabIndex = 0;
    else if (shown.fileCount === 0) area.append(element('p', { class: 'empty' }, l10n.t('No files')));
    drawPath();
  };
  const drawPath = (): void => {
    const steps: FileNode[] = [];
    for (let node = shown; node; node = node === root ? undefined : node.parent) steps.unshift(node);
    const parts = steps.map((node) => {
      const name = node === root ? '/' : node.name;
      return node === shown
        ? element('span', { 'aria-current': 'location' }, name)
        : button(name, { class: 'link' }, () => enter(node));
    });
    path.replaceChildren(...parts.flatMap((part, index) => (index > 1 ? [' / ', part] : [part])));
    if (shown) path.append(element('span', { class: 'quiet path-size' }, sizeText(shown.bytes)));
  };
  const enter = (node: FileNode): void => {
    const hadFocus = body.contains(document.activeElement);
    shown = node;
    draw();
    if (hadFocus) cells[0]?.drawn.focus();
  };
  const open = ({ node, rest }: TreemapCell): void => {
    if (node.children && rest === 0 && node !== shown) enter(node);
    else reveal(node);
  };
  const leave = (): void => {
    if (shown && shown !== root && shown.parent) enter(shown.parent);
  };
  const cellOf = (target: EventTarget | null) => cells.find(({ drawn }) => drawn === target);

  area.addEventListener('click', ({ target }) => {
    const found = target instanceof Element ? cellOf(target.closest('.cell')) : undefined;
    if (found) open(found.cell);
  });
  area.addEventListener('keydown', (event) => {
    const found = cellOf(event.target);
    if (!found) return;
    const arrow = Object.hasOwn(ARROWS, event.key) ? ARROWS[event.key] : undefined;
    if (arrow) focusCell(found.drawn, neighbour(found.cell, arrow));
    else if (event.key === 'Enter' || event.key === ' ') open(found.cell);
    else if (event.key === 'Backspace' || event.key === 'Escape') leave();
    else return;
    event.preventDefault();
  });
  const focusCell = (from: HTMLElement, to: HTMLElement | undefined): void => {
    if (!to) return;
    from.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  };
  /** The nearest cell in that direction; cells straight ahead come first. */
  const neighbour = (from: TreemapCell, [right, down]: readonly [number, number]): HTMLElement | undefined => {
    const [x, y] = anchorOf(from);
    let best: { readonly drawn: HTMLElement; readonly distance: number } | undefined;
    for (const { cell, drawn } of cells) {
      const [otherX, otherY] = anchorOf(cell);
      const ahead = (otherX - x) * right + (otherY - y) * down;
      const aside = Math.abs((otherX - x) * down) + Math.abs((otherY - y) * right);
      const distance = ahead + 2 * aside;
      if (cell !== from && ahead > 0 && (!best || distance < best.distance)) best = { drawn, distance };
    }
    return best?.drawn;
  };

  new ResizeObserver(draw).observe(area);
  return {
    body,
    show(next) {
      root = next;
      shown = next;
      draw();
    },
  };
}

/** The center; for a folder, that of its name. */
function anchorOf({ x, y, width, height, isFrame }: TreemapCell): [number, number] {
  return [x + width / 2, y + (isFrame ? LABEL_HEIGHT : height) / 2];
}

function drawCell({ node, x, y, width, height, branch, isFrame, rest, label, depth }: TreemapCell, total: number) {
  const name = rest > 0 ? l10n.t('{0} smaller files', rest) : label;
  const bytes = sizeText(node.bytes);
  const said = rest > 0 ? name : `/${node.path}, ${bytes}, ${l10n.percent(node.bytes / total)}${wasteText(node)}`;
  const hasLabel = isFrame || (width > 36 && height > 15);
  const drawn = element(
    'div',
    {
      class: `cell ${hasLabel ? 'named' : ''} ${classOf(node, isFrame, rest)}`,
      role: 'button',
      tabindex: -1,
      'aria-label': said,
      title: said,
    },
    hasLabel ? element('span', { class: 'name' }, name) : undefined,
    hasLabel && rest === 0 && (isFrame ? width > 110 : height > 32)
      ? element('span', { class: 'bytes' }, bytes)
      : undefined,
  );
  drawn.dataset['colour'] = String(branch % COLOURS);
  drawn.dataset['depth'] = String(Math.min(depth, 3));
  Object.assign(drawn.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  return drawn;
}

function classOf({ wastedBytes, bytes }: FileNode, isFrame: boolean, rest: number): string {
  if (isFrame) return 'frame';
  if (rest > 0) return 'rest';
  return wastedBytes * 2 > bytes ? 'wasted' : 'kept';
}

function wasteText({ wastedBytes, children }: FileNode): string {
  if (wastedBytes === 0) return '';
  return `, ${children ? l10n.t('{0} wasted', sizeText(wastedBytes)) : l10n.t('wasted')}`;
}
