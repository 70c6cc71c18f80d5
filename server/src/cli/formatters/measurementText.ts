import type { Excess } from '../../reports/budget';
import type { MeasuredLayer, Measurement } from '../../reports/measurement';
import { exactBytes, sizeText } from '../../text/byteText';
import type { Session } from '../session';
import { type Style, styleOf } from '../style';
import { columnsOf, printable } from '../terminalText';

export interface MeasurementReport {
  readonly name: string;
  readonly before: Measurement;
  readonly after: Measurement | undefined;
  /** The optimizer's estimates for the images, without a build. */
  readonly estimate: { readonly before?: number; readonly after?: number } | undefined;
  /** What is over the budget; undefined: there is no budget. */
  readonly excess: readonly Excess[] | undefined;
}

const LISTED_FILES = 10;
const LISTED_DUPLICATES = 5;
const INSTRUCTION_COLUMNS = 60;

/** A measurement for a terminal: what each instruction adds, then what takes the most space. */
export function measurementText(
  session: Session,
  { name, before, after, estimate, excess }: MeasurementReport,
): string {
  const { localize } = session.engine;
  const style = styleOf(session);
  const parts = after
    ? [
        comparison(session, style, name, before, after, estimate),
        ...budgetLines(session, style, excess),
        style.bold(localize('Before')),
        ...details(session, style, before),
        style.bold(localize('After')),
        ...details(session, style, after),
      ]
    : [
        total(session, style, name, before, estimate?.before),
        ...budgetLines(session, style, excess),
        ...details(session, style, before),
      ];
  return `${parts.join('\n\n')}\n`;
}

function total(
  { engine: { localize } }: Session,
  style: Style,
  name: string,
  measured: Measurement,
  estimate?: number,
): string {
  const data = {
    name: style.text(name),
    size: exactBytes(measured.bytes),
    layers: measured.layers.length,
    platform: measured.platform,
  };
  const lines = [
    style.bold(
      measured.layers.length === 1
        ? localize('{name}: {size} in 1 layer, {platform}', data)
        : localize('{name}: {size} in {layers} layers, {platform}', data),
    ),
  ];
  if (measured.wastedBytes > 0)
    lines.push(
      localize('{size} of it ({percent}%) is replaced or deleted by later layers', {
        size: exactBytes(measured.wastedBytes),
        percent: percentOf(measured.wastedBytes, measured.bytes),
      }),
    );
  if (measured.compressedBytes !== undefined)
    lines.push(localize('{size} compressed', { size: exactBytes(measured.compressedBytes) }));
  if (estimate !== undefined) lines.push(localize('Estimated: about {size}', { size: sizeText(estimate) }));
  if (measured.unmapped !== undefined) lines.push(measured.unmapped);
  return lines.join('\n');
}

function budgetLines({ engine: { localize } }: Session, style: Style, excess: readonly Excess[] | undefined): string[] {
  if (!excess) return [];
  if (excess.length === 0) return [localize('Within the budget')];
  return excess.map(({ kind, allowed, actual, layer }) => {
    const what =
      kind === 'image'
        ? localize('Over the budget: {size} instead of {budget}', {
            size: exactBytes(actual),
            budget: exactBytes(allowed),
          })
        : localize('Over the budget: {count} layers instead of {budget}', { count: actual, budget: allowed });
    const place = layer.isBase
      ? localize('base image')
      : [
          ...(layer.line === undefined ? [] : [localize('line {line}', { line: layer.line + 1 })]),
          style.text(cut(layer.createdBy)),
        ].join(' ');
    return style.red(`${what} (${place})`);
  });
}

function comparison(
  { engine: { localize } }: Session,
  style: Style,
  name: string,
  before: Measurement,
  after: Measurement,
  estimate: MeasurementReport['estimate'],
): string {
  const change = before.bytes === 0 ? 0 : ((after.bytes - before.bytes) / before.bytes) * 100;
  const rows = [
    [
      localize('size'),
      exactBytes(before.bytes),
      exactBytes(after.bytes),
      `${change > 0 ? '+' : ''}${change.toFixed(1)} %`,
    ],
    ...(estimate?.before !== undefined && estimate.after !== undefined
      ? [
          [
            localize('estimated'),
            localize('about {size}', { size: sizeText(estimate.before) }),
            localize('about {size}', { size: sizeText(estimate.after) }),
            '',
          ],
        ]
      : []),
    [localize('wasted'), exactBytes(before.wastedBytes), exactBytes(after.wastedBytes), ''],
    [localize('layers'), String(before.layers.length), String(after.layers.length), ''],
  ];
  const heading = ['', localize('before'), localize('after'), ''];
  return style.bold(style.text(name)) + style.gap + style.table(heading, rows, [false, true, true, true]);
}

function details(session: Session, style: Style, measured: Measurement): string[] {
  return [
    layerTable(session, style, measured),
    files(session, style, measured),
    wasted(session, style, measured),
    duplicates(session, style, measured),
  ].filter((part) => part !== '');
}

/** The base image in one row, then a row for each layer with what is left in it. */
function layerTable({ engine: { localize } }: Session, style: Style, { layers }: Measurement): string {
  const base = layers.filter(({ isBase }) => isBase);
  const own = layers.filter(({ isBase }) => !isBase);
  const heading = [localize('line'), localize('instruction'), localize('added'), localize('wasted'), localize('files')];
  const rows: string[][] = [];
  if (base.length > 0)
    rows.push(
      row(
        '',
        base.length === 1
          ? localize('base image, 1 layer')
          : localize('base image, {count} layers', { count: base.length }),
        base,
      ),
    );
  for (const layer of own) {
    rows.push(
      row(layer.line === undefined ? '' : String(layer.line + 1), style.text(cut(layer.createdBy || layer.digest)), [
        layer,
      ]),
    );
    for (const { kind, path, bytes } of layer.caches)
      rows.push(['', `  ${kind}: /${style.text(path)}`, exactBytes(bytes), '', '']);
    if (layer.deletedBytes > 0)
      rows.push([
        '',
        `  ${localize('deletes {size} of lower layers', { size: exactBytes(layer.deletedBytes) })}`,
        '',
        '',
        '',
      ]);
  }
  return style.table(heading, rows, [true, false, true, true, true]);
}

function row(line: string, text: string, layers: readonly MeasuredLayer[]): string[] {
  const sum = (figure: 'bytes' | 'wastedBytes' | 'fileCount') => layers.reduce((all, layer) => all + layer[figure], 0);
  const wastedBytes = sum('wastedBytes');
  return [
    line,
    text,
    exactBytes(sum('bytes')),
    wastedBytes > 0 ? exactBytes(wastedBytes) : '',
    String(sum('fileCount')),
  ];
}

function files(session: Session, style: Style, measured: Measurement): string {
  return fileList(session, style, measured, session.engine.localize('Largest files'), (state) => state === 0);
}

function wasted(session: Session, style: Style, measured: Measurement): string {
  return fileList(
    session,
    style,
    measured,
    session.engine.localize('Largest files that later layers replace or delete'),
    (state) => state !== 0,
  );
}

function fileList(
  { engine: { localize } }: Session,
  style: Style,
  { files: { paths, bytes, states, layers: layerOf }, layers }: Measurement,
  heading: string,
  isWanted: (state: 0 | 1 | 2 | undefined) => boolean,
): string {
  const indexes = paths.map((_, index) => index).filter((index) => (bytes[index] ?? 0) > 0 && isWanted(states[index]));
  const biggest = indexes.sort((a, b) => (bytes[b] ?? 0) - (bytes[a] ?? 0)).slice(0, LISTED_FILES);
  if (biggest.length === 0) return '';
  const rows = biggest.map((index) => {
    const layer = layers[layerOf[index] ?? 0];
    const place = layer?.isBase
      ? localize('base image')
      : layer?.line === undefined
        ? ''
        : localize('line {line}', { line: layer.line + 1 });
    return [exactBytes(bytes[index] ?? 0), `/${style.text(paths[index] ?? '')}`, place];
  });
  return style.bold(heading) + style.gap + style.table(undefined, rows, [true, false, false]);
}

function duplicates(
  { engine: { localize } }: Session,
  style: Style,
  { duplicates: found, files: { paths } }: Measurement,
): string {
  if (found.length === 0) return '';
  const rows = found.slice(0, LISTED_DUPLICATES).map(({ bytes, files: copies }) => {
    const [first = 0, second = 0] = copies;
    const more = copies.length > 2 ? ` ${localize('and {count} more', { count: copies.length - 2 })}` : '';
    return [exactBytes(bytes), `/${style.text(paths[first] ?? '')} = /${style.text(paths[second] ?? '')}${more}`];
  });
  const heading = localize('Duplicated in several layers');
  return style.bold(heading) + style.gap + style.table(undefined, rows, [true, false]);
}

function percentOf(part: number, whole: number): string {
  return whole === 0 ? '0' : ((part / whole) * 100).toFixed(1);
}

function cut(text: string): string {
  const plain = printable(text);
  if (columnsOf(plain) <= INSTRUCTION_COLUMNS) return plain;
  let short = '';
  for (const character of plain) {
    if (columnsOf(short + character) >= INSTRUCTION_COLUMNS) break;
    short += character;
  }
  return `${short}…`;
}
