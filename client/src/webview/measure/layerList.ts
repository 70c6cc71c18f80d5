import type { Measurement } from '../../../../server/src/protocol';
import { sizeText } from '../../sizeText';
import { element } from '../element';
import { l10n } from '../l10n';

type Layer = Measurement['layers'][number];

export interface LayerListOptions {
  readonly label: string;
  readonly measurement: Measurement;
  /** What a bar of full length stands for. */
  readonly largest: number;
  choose(layer: number | undefined): void;
  /** Undefined where there is no document with those lines. */
  readonly jump: ((line: number) => void) | undefined;
}

export interface LayerList {
  readonly body: HTMLElement;
  /** Marks a layer as chosen; undefined: the whole image; null: nothing here. */
  mark(layer: number | undefined | null): void;
}

/** The layers of an image, the lowest first, each as a bar with the instruction that made it. */
export function createLayerList({ label, measurement, largest, choose, jump }: LayerListOptions): LayerList {
  const choices: readonly (number | undefined)[] = [undefined, ...measurement.layers.keys()];
  const options = choices.map((choice) => {
    const layer = choice === undefined ? undefined : measurement.layers[choice];
    return layer ? layerOption(layer, choice ?? 0, largest, jump !== undefined) : wholeImage(measurement);
  });
  const body = element('div', { role: 'listbox', 'aria-label': label, class: 'layers' }, ...options);
  const mark = (layer: number | undefined | null): void => {
    for (const [index, option] of options.entries()) option.ariaSelected = String(choices[index] === layer);
    const at = Math.max(
      0,
      options.findIndex((option) => option.ariaSelected === 'true'),
    );
    for (const [index, option] of options.entries()) option.tabIndex = index === at ? 0 : -1;
  };
  const lineOf = (index: number): number | undefined => {
    const choice = choices[index];
    return choice === undefined ? undefined : measurement.layers[choice]?.line;
  };
  const go = (index: number): void => {
    const option = options[Math.max(0, Math.min(options.length - 1, index))];
    option?.focus();
    if (option) choose(choices[options.indexOf(option)]);
  };
  const indexOf = (target: EventTarget | null): number =>
    target instanceof Element ? options.findIndex((option) => option.contains(target)) : -1;
  const jumpFrom = (index: number): boolean => {
    const line = lineOf(index);
    if (line === undefined || !jump) return false;
    jump(line);
    return true;
  };
  body.addEventListener('click', ({ target }) => {
    const index = indexOf(target);
    if (index < 0) return;
    go(index);
    if (target instanceof Element && target.closest('.jump')) jumpFrom(index);
  });
  body.addEventListener('keydown', (event) => {
    const index = indexOf(event.target);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: options.length - 1,
    };
    const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (to !== undefined) go(to);
    else if (event.key !== 'Enter' || !jumpFrom(index)) return;
    event.preventDefault();
  });
  mark(undefined);
  return { body, mark };
}

function wholeImage({ bytes, wastedBytes }: Measurement): HTMLElement {
  return option(
    { class: 'layer whole', 'aria-label': `${l10n.t('Whole image')}, ${figuresText(bytes, wastedBytes)}` },
    element('span', { class: 'place' }),
    element('span', { class: 'size' }, sizeText(bytes)),
    element('span', { class: 'instruction' }, l10n.t('Whole image')),
  );
}

function layerOption(layer: Layer, index: number, largest: number, canJump: boolean): HTMLElement {
  const { bytes, wastedBytes, deletedBytes, line, isBase, createdBy, digest } = layer;
  const place = line === undefined ? l10n.t('base image') : l10n.t('line {0}', line + 1);
  const instruction = instructionText(createdBy);
  const deleted = deletedBytes > 0 ? [l10n.t('deletes {0} below', sizeText(deletedBytes))] : [];
  const cached = layer.caches.length > 0 ? [layer.caches.map(({ kind }) => kind).join(', ')] : [];
  const notes = [...(wastedBytes > 0 ? [l10n.t('{0} wasted', sizeText(wastedBytes))] : []), ...deleted, ...cached];
  const label = [l10n.t('Layer {0}', index + 1), instruction, figuresText(bytes, wastedBytes), ...deleted, place];
  return option(
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

function option(attributes: Readonly<Record<string, string>>, ...children: HTMLElement[]): HTMLElement {
  return element('div', { role: 'option', ...attributes }, ...children);
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

/** As one would write it: without the shell that engines add, on one line. */
export function instructionText(createdBy: string): string {
  return createdBy
    .replace(/\s*# buildkit\s*$/, '')
    .replace(/^(?:RUN )?\/bin\/sh -c (#\(nop\)\s*)?/, (_, isOther?: string) => (isOther ? '' : 'RUN '))
    .replaceAll(/\s+/g, ' ')
    .trim();
}
