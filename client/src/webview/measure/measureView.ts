import type { Measurement, MeasureReport } from '../../../../server/src/protocol';
import { sizeText } from '../../../../server/src/text/byteText';
import { isInEditor, tellEditor } from '../editor';
import { element } from '../element';
import { l10n } from '../l10n';
import { pageHeader, type View } from '../view';
import { createContents } from './contents';
import { createLayerList, type LayerList } from './layerList';
import { totals } from './totals';

/** The content of a Dockerfile's image; two images side by side if there are two. */
export function measureView(report: MeasureReport): View {
  const { before, after, name } = report;
  const sides = after ? [before, after] : [before];
  const largest = Math.max(...sides.flatMap(({ layers }) => layers.map(({ bytes }) => bytes)), 1);
  const contents = createContents();
  const caches = element('div');
  const lists: LayerList[] = sides.map((measurement, side) => {
    const sideName = side === 0 ? l10n.t('Before') : l10n.t('Optimized');
    return createLayerList({
      label: after ? l10n.t('Layers: {0}', sideName) : l10n.t('Layers'),
      measurement,
      largest,
      choose: (layer) => choose(side, layer),
      // The lines of the optimized image belong to a text that is not open anywhere.
      jump: isInEditor && side === 0 ? (line) => tellEditor({ type: 'jump', line }) : undefined,
    });
  });
  const choose = (side: number, layer: number | undefined): void => {
    for (const [index, list] of lists.entries()) list.mark(index === side ? layer : null);
    const measurement = sides[side] ?? before;
    const of = after ? `${side === 0 ? l10n.t('Before') : l10n.t('Optimized')}: ` : '';
    contents.show(
      measurement,
      layer,
      of + (layer === undefined ? l10n.t('Whole image') : l10n.t('Layer {0}', layer + 1)),
    );
    caches.replaceChildren(...cacheTable(measurement));
  };
  const columns = lists.map(({ body }, side) =>
    element(
      'div',
      {},
      ...(after ? [element('h3', {}, side === 0 ? l10n.t('Before') : l10n.t('Optimized'))] : []),
      body,
    ),
  );
  const title = after ? l10n.t('Measured: {0}, original and optimized', name) : l10n.t('Measured: {0}', name);
  const body = element(
    'main',
    { class: 'measure' },
    pageHeader(title, factsOf(before)),
    totals(report),
    element('section', {}, element('h2', {}, l10n.t('Layers')), element('div', { class: 'sides' }, ...columns)),
    contents.body,
    caches,
  );
  choose(0, undefined);
  return { title, body };
}

function factsOf({ image, engine, platform, measuredAt }: Measurement): string[] {
  return [image, platform, engine, l10n.date(measuredAt)];
}

/** The caches that package managers left behind, if any. */
function cacheTable({ layers }: Measurement): HTMLElement[] {
  const rows = layers
    .flatMap(({ caches }, layer) => caches.map((cache) => ({ ...cache, layer })))
    .toSorted((a, b) => b.bytes - a.bytes);
  if (rows.length === 0) return [];
  const head = [l10n.t('Cache'), l10n.t('Path'), l10n.t('Layer'), l10n.t('Size')];
  return [
    element('h2', {}, l10n.t('Leftover caches')),
    element(
      'table',
      { class: 'plain' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...head.map((text, index) =>
            element('th', { scope: 'col', class: index === 3 ? 'number' : undefined }, text),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        ...rows.map(({ kind, path, layer, bytes }) =>
          element(
            'tr',
            {},
            element('td', {}, kind),
            element('td', {}, element('code', {}, `/${path}`)),
            element('td', {}, String(layer + 1)),
            element('td', { class: 'number' }, sizeText(bytes)),
          ),
        ),
      ),
    ),
  ];
}
