import type { Measurement } from '../../../../server/src/protocol';
import { sizeText } from '../../../../server/src/text/byteText';
import { element } from '../element';
import { l10n } from '../l10n';

type Layer = Measurement['layers'][number];

export interface LayerListOptions {
  readonly label: string;
  readonly measurement: Measurement;
  /** The size that a full bar represents. */
  readonly largest: number;
  choose(layer: number | undefined): void;
  /** Undefined if no open document has these lines. */
  readonly jump: ((line: number) => void) | undefined;
}

export interface LayerList {
  readonly body: HTMLElement;
  /** Marks a layer as selected; undefined: the whole image; null: nothing in this list. */
  mark(layer: number | undefined | null): void;
}

/**
 * The layers of an image from the bottom up, each as a bar with the instruction that made it. The layers of the base
 * image, which the user did not write, are in one row that can be expanded.
 */
export function createLayerList({ label, measurement, largest, choose, jump }: LayerListOptions): LayerList {
  const { layers } = measurement;
  const baseLayers = layers.filter(({ isBase }) => isBase);
  const base = baseLayers.length > 1 ? baseRow(baseLayers) : undefined;
  const whole = wholeImage(measurement);
  const rows = layers.map((layer, index) => layerRow(layer, index, largest, jump !== undefined));
  for (const [index, one] of rows.entries()) one.ariaLevel = base && layers[index]?.isBase ? '2' : '1';
  const all = [whole, ...(base ? [base] : []), ...rows];
  const indexOf = new Map(rows.map((row, index) => [row, index]));
  const layerAt = (row: HTMLElement): Layer | undefined => layers[indexOf.get(row) ?? -1];
  const body = element('div', { role: 'tree', 'aria-label': label, class: 'layers' });
  let isOpen = base === undefined;
  let shown: readonly HTMLElement[] = [];
  const draw = (): void => {
    base?.setAttribute('aria-expanded', String(isOpen));
    shown = all.filter((row) => isOpen || !layerAt(row)?.isBase);
    body.replaceChildren(...shown);
  };
  const setTabStop = (row: HTMLElement): void => {
    for (const one of all) one.tabIndex = one === row ? 0 : -1;
  };
  const mark = (layer: number | undefined | null): void => {
    const marked = layer === null ? undefined : layer === undefined ? whole : rows[layer];
    for (const row of [whole, ...rows]) row.ariaSelected = String(row === marked);
    setTabStop(marked ?? whole);
  };
  /** The row of the base image can be reached, but shows nothing of its own. */
  const go = (row: HTMLElement | undefined): void => {
    if (!row) return;
    if (row === base) setTabStop(row);
    else choose(indexOf.get(row));
    row.focus();
  };
  const toggle = (): void => {
    isOpen = !isOpen;
    draw();
    go(base);
  };
  const jumpFrom = (row: HTMLElement): boolean => {
    const line = layerAt(row)?.line;
    if (line === undefined || !jump) return false;
    jump(line);
    return true;
  };
  const rowAt = (target: EventTarget | null): HTMLElement | undefined =>
    target instanceof Element ? shown.find((row) => row.contains(target)) : undefined;
  body.addEventListener('click', ({ target }) => {
    const row = rowAt(target);
    if (row === base && base) toggle();
    else go(row);
    if (row && target instanceof Element && target.closest('.jump')) jumpFrom(row);
  });
  body.addEventListener('keydown', (event) => {
    const row = rowAt(event.target);
    if (!row) return;
    const { key } = event;
    const at = shown.indexOf(row);
    if (key === 'ArrowDown') go(shown[Math.min(shown.length - 1, at + 1)]);
    else if (key === 'ArrowUp') go(shown[Math.max(0, at - 1)]);
    else if (key === 'Home') go(shown[0]);
    else if (key === 'End') go(shown.at(-1));
    else if (row === base && (key === 'Enter' || key === ' ' || key === (isOpen ? 'ArrowLeft' : 'ArrowRight')))
      toggle();
    else if (base && key === 'ArrowLeft' && layerAt(row)?.isBase) go(base);
    else if (key !== 'Enter' || !jumpFrom(row)) return;
    event.preventDefault();
  });
  draw();
  mark(undefined);
  return { body, mark };
}

function wholeImage({ bytes, wastedBytes }: Measurement): HTMLElement {
  return row(
    {
      class: 'layer whole',
      'aria-level': '1',
      'aria-label': `${l10n.t('Whole image')}, ${figuresText(bytes, wastedBytes)}`,
    },
    element('span', { class: 'place' }),
    element('span', { class: 'size' }, sizeText(bytes)),
    element('span', { class: 'instruction' }, l10n.t('Whole image')),
  );
}

function baseRow(layers: readonly Layer[]): HTMLElement {
  const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
  const wasted = layers.reduce((sum, layer) => sum + layer.wastedBytes, 0);
  const count = l10n.t('{0} layers', layers.length);
  return row(
    {
      class: 'layer group',
      'aria-level': '1',
      'aria-label': [l10n.t('base image'), count, figuresText(bytes, wasted)].join(', '),
    },
    element('span', { class: 'place' }, element('span', { class: 'twistie' }), l10n.t('base image')),
    element('span', { class: 'size' }, sizeText(bytes)),
    element(
      'span',
      { class: 'instruction' },
      element('span', {}, count),
      element('span', { class: 'quiet notes' }, wasted > 0 ? l10n.t('{0} wasted', sizeText(wasted)) : ''),
    ),
  );
}

function layerRow(layer: Layer, index: number, largest: number, canJump: boolean): HTMLElement {
  const { bytes, wastedBytes, deletedBytes, line, isBase, createdBy, digest } = layer;
  const place = line === undefined ? l10n.t('base image') : l10n.t('line {0}', line + 1);
  const instruction = instructionText(createdBy);
  const deleted = deletedBytes > 0 ? [l10n.t('deletes {0} from lower layers', sizeText(deletedBytes))] : [];
  const cached = layer.caches.length > 0 ? [layer.caches.map(({ kind }) => kind).join(', ')] : [];
  const notes = [...(wastedBytes > 0 ? [l10n.t('{0} wasted', sizeText(wastedBytes))] : []), ...deleted, ...cached];
  const label = [l10n.t('Layer {0}', index + 1), instruction, figuresText(bytes, wastedBytes), ...deleted, place];
  return row(
    {
      class: isBase ? 'layer base' : 'layer',
      title: `${createdBy}\n${digest}`,
      'aria-label': label.join(', '),
    },
    line !== undefined && canJump
      ? element('span', { class: 'place jump', title: l10n.t('Go to line {0}', line + 1) }, place)
      : element('span', { class: 'place' }, place),
    element('span', { class: 'size' }, sizeText(bytes)),
    element(
      'span',
      { class: 'instruction' },
      element('code', {}, instruction),
      element('span', { class: 'quiet notes' }, notes.join(' · ')),
    ),
    bar(bytes, wastedBytes, largest),
  );
}

function row(attributes: Readonly<Record<string, string>>, ...children: HTMLElement[]): HTMLElement {
  return element('div', { role: 'treeitem', ...attributes }, ...children);
}

function bar(bytes: number, wasted: number, largest: number): HTMLElement {
  const width = (value: number) => `${largest > 0 ? (100 * value) / largest : 0}%`;
  const used = element('span', { class: 'used' });
  const lost = element('span', { class: 'wasted' });
  used.style.width = width(bytes - wasted);
  lost.style.width = width(wasted);
  return element('span', { class: 'bar', 'aria-hidden': 'true' }, used, lost);
}

function figuresText(bytes: number, wasted: number): string {
  return wasted > 0 ? `${sizeText(bytes)}, ${l10n.t('{0} wasted', sizeText(wasted))}` : sizeText(bytes);
}

/** The instruction as written in a Dockerfile: on one line, without the shell that engines add. */
export function instructionText(createdBy: string): string {
  return createdBy
    .replace(/\s*# buildkit\s*$/, '')
    .replace(/^(?:RUN )?\/bin\/sh -c (#\(nop\)\s*)?/, (_, isOther?: string) => (isOther ? '' : 'RUN '))
    .replaceAll(/\s+/g, ' ')
    .trim();
}
