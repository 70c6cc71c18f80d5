import type { Measurement, MeasureReport } from '../../../../server/src/protocol';
import { sizeText } from '../../../../server/src/text/byteText';
import { element } from '../element';
import { l10n } from '../l10n';

/** The figures of one image as large numbers, or of two as a table with the difference. */
export function totals({ before, after, estimate }: MeasureReport): HTMLElement {
  return after ? comparison(before, after, estimate) : figures(before);
}

interface Figure {
  readonly label: string;
  value(measurement: Measurement): number | undefined;
  text(value: number): string;
  /** A note below the number. */
  note?(measurement: Measurement): string | undefined;
}

function allFigures(): readonly Figure[] {
  return [
    { label: l10n.t('Image size'), value: ({ bytes }) => bytes, text: sizeText },
    { label: l10n.t('Compressed'), value: ({ compressedBytes }) => compressedBytes, text: sizeText },
    {
      label: l10n.t('Wasted'),
      value: ({ wastedBytes }) => wastedBytes,
      text: sizeText,
      note: ({ wastedBytes, bytes }) =>
        bytes > 0 ? l10n.t('{0} of the image', l10n.percent(wastedBytes / bytes)) : '',
    },
    {
      label: l10n.t('Leftover caches'),
      value: cacheBytes,
      text: sizeText,
    },
    {
      label: l10n.t('Layers'),
      value: ({ layers }) => layers.length,
      text: l10n.number,
      note: ({ layers }) => l10n.t('{0} of the base image', layers.filter(({ isBase }) => isBase).length),
    },
    {
      label: l10n.t('Files'),
      value: ({ layers }) => layers.reduce((sum, { fileCount }) => sum + fileCount, 0),
      text: l10n.number,
    },
  ];
}

function cacheBytes({ layers }: Measurement): number {
  return layers.flatMap(({ caches }) => caches).reduce((sum, { bytes }) => sum + bytes, 0);
}

function figures(measurement: Measurement): HTMLElement {
  const parts = allFigures().flatMap(({ label, value, text, note }) => {
    const number = value(measurement);
    if (number === undefined) return [];
    return [
      element(
        'div',
        { class: 'figure' },
        element('dt', {}, label),
        element('dd', { class: 'number' }, text(number)),
        element('dd', { class: 'note' }, note?.(measurement) ?? ''),
      ),
    ];
  });
  return element('dl', { class: 'figures' }, ...parts);
}

function comparison(before: Measurement, after: Measurement, estimate: MeasureReport['estimate']): HTMLElement {
  const hasEstimate = estimate?.after !== undefined;
  const head = [l10n.t('Before'), l10n.t('Optimized'), l10n.t('Change'), ...(hasEstimate ? [l10n.t('Estimated')] : [])];
  const rows = allFigures().flatMap(({ label, value, text }, index) => {
    const [old, next] = [value(before), value(after)];
    if (old === undefined || next === undefined) return [];
    const estimated = index === 0 && hasEstimate ? estimateText(estimate) : '';
    return [
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, label),
        element('td', {}, text(old)),
        element('td', {}, text(next)),
        change(old, next, text),
        ...(hasEstimate ? [element('td', { class: 'quiet' }, estimated)] : []),
      ),
    ];
  });
  return element(
    'table',
    { class: 'comparison' },
    element(
      'thead',
      {},
      element('tr', {}, element('td'), ...head.map((text) => element('th', { scope: 'col' }, text))),
    ),
    element('tbody', {}, ...rows),
  );
}

function estimateText({ before, after }: NonNullable<MeasureReport['estimate']>): string {
  // The column is narrow: keep the unit with its figure.
  const text = (bytes: number | undefined) => (bytes === undefined ? '?' : sizeText(bytes).replace(' ', '\u00a0'));
  return l10n.t('about {0} → {1}', text(before), text(after));
}

function change(old: number, next: number, text: (value: number) => string): HTMLElement {
  if (old === next) return element('td', { class: 'quiet' }, '±0');
  const sign = next > old ? '+' : '−';
  const share = old > 0 ? ` (${sign}${l10n.percent(Math.abs(next - old) / old)})` : '';
  return element('td', { class: next < old ? 'better' : 'worse' }, `${sign}${text(Math.abs(next - old))}${share}`);
}
