import type { Localize } from '../../l10n/localize';
import { placeRows } from '../../reports/placeRows';
import type { ScanReport, Vulnerability, VulnerabilitySeverity } from '../../reports/scanReport';
import { countsText } from '../../reports/severityText';
import { countBySeverity, upgradesOf } from '../../reports/vulnerabilities';
import type { ScannedImage, ScanSource } from '../scannedImage';
import type { Session } from '../session';
import { type Style, styleOf } from '../style';
import { columnsOf, printable } from '../terminalText';

/** The width of report lines if the terminal does not report one. */
const WIDTH = 120;
/** More than anyone upgrades at once. */
const MAX_UPGRADES = 10;
const MAX_VERSION_COLUMNS = 28;
/** In a comment, which has no place for all. */
const LISTED = 50;

const COLOURS: Readonly<Record<VulnerabilitySeverity, 'error' | 'warning' | 'info' | 'hint'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'info',
  negligible: 'hint',
  unknown: 'hint',
};

/** For each image its counts, a table, what upgrading would fix, and notes. */
export function printScanText(session: Session, images: readonly ScannedImage[]): void {
  const style = styleOf(session);
  const { localize } = session.engine;
  session.out(images.map((image) => describe(image, style, localize)).join('\n'));
}

function describe({ report, source }: ScannedImage, style: Style, localize: Localize): string {
  const parts = [`${headOf(report, source, style, localize)}\n`];
  if (report.vulnerabilities.length > 0) parts.push(`\n${tableOf(report, source, style, localize)}`);
  const upgrades = upgradeLines(report, style, localize);
  if (upgrades.length > 0) parts.push(`\n${style.bold(localize('Upgrading fixes:'))}${style.gap}${upgrades.join('')}`);
  if (report.notes.length > 0)
    parts.push('\n', ...report.notes.map((note) => `${style.dim(localize('note:'))} ${style.text(note)}\n`));
  return parts.join('');
}

function headOf(report: ScanReport, source: ScanSource | undefined, style: Style, localize: Localize): string {
  const { scanner, image, distribution, scannedAt, vulnerabilities, ignored } = report;
  const at = source ? `${place(source)} ` : '';
  const system = distribution === undefined ? '' : ` (${style.text(distribution)})`;
  const by = [scanner.name, scanner.version].filter(Boolean).join(' ');
  const counts = [
    countsText(countBySeverity(vulnerabilities), localize),
    ...(ignored > 0 ? [localize('{count} ignored', { count: ignored })] : []),
  ].join('; ');
  return `${style.bold(style.text(at + image))}${system}: ${counts} ${style.id(`${printable(by)}, ${scannedAt.slice(0, 10)}`)}`;
}

function place({ path, lines, from }: ScanSource): string {
  return `${path === '-' ? '<stdin>' : path}:${lines.positionAt(from.keywordSpan.start).line + 1}`;
}

function tableOf(report: ScanReport, source: ScanSource | undefined, style: Style, localize: Localize): string {
  const lineOf = linesOf(report, source);
  const head = [
    localize('SEVERITY'),
    ...(lineOf ? [localize('LINE')] : []),
    localize('PACKAGE'),
    localize('INSTALLED'),
    localize('FIXED IN'),
    localize('ID'),
    localize('TITLE'),
  ];
  const rows = report.vulnerabilities.map((row) => [
    row.severity,
    ...(lineOf ? [String(lineOf.get(row) ?? '')] : []),
    row.package,
    cut(row.installedVersion, MAX_VERSION_COLUMNS),
    cut(row.fixedVersion ?? '-', MAX_VERSION_COLUMNS),
    row.id,
    [row.path, row.title].filter(Boolean).join(': '),
  ]);
  if (style.isMarkdown) {
    const listed = rows.slice(0, LISTED).map((row) => row.map(style.text));
    const more = rows.length - listed.length;
    const end = more > 0 ? `\n${localize('and {count} more', { count: more })}\n` : '';
    return `${style.table(
      head,
      listed,
      head.map(() => false),
    )}\n${end}`;
  }
  const cells = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) => cells.reduce((most, row) => Math.max(most, columnsOf(row[column] ?? '')), 0));
  const width = process.stdout.columns ?? WIDTH;
  const last = head.length - 1;
  const used = widths.slice(0, last).reduce((sum, one) => sum + one + 2, 0);
  return cells
    .map((row, index) => {
      const texts = row.map((text, column) =>
        column === last ? cut(text, Math.max(width - used, 20)) : pad(text, widths[column] ?? 0),
      );
      if (index === 0) return `${style.dim(texts.join('  ').trimEnd())}\n`;
      const severity = report.vulnerabilities[index - 1]?.severity ?? 'unknown';
      const [first = '', ...others] = texts;
      return `${style.severity(COLOURS[severity], first)}  ${others.join('  ').trimEnd()}\n`;
    })
    .join('');
}

/** Undefined when one instruction brought in everything: the heading names it. */
function linesOf(
  { vulnerabilities }: ScanReport,
  source: ScanSource | undefined,
): ReadonlyMap<Vulnerability, number> | undefined {
  if (!source || source.layers.size === 0) return undefined;
  const { from, layers, lines } = source;
  return new Map(
    [...placeRows(vulnerabilities, from, layers)].flatMap(([node, rows]) =>
      rows.map((row) => [row, lines.positionAt(node.keywordSpan.start).line + 1] as const),
    ),
  );
}

function upgradeLines({ vulnerabilities }: ScanReport, style: Style, localize: Localize): string[] {
  const upgrades = upgradesOf(vulnerabilities);
  const lines = upgrades
    .slice(0, MAX_UPGRADES)
    .map(
      (one) =>
        `  ${style.bullet}${style.text(one.package)} ${style.text(one.installedVersion)} → ${style.text(one.fixedVersions.join(', '))}: ${countsText(one.counts, localize)}\n`,
    );
  const more = upgrades.length - lines.length;
  return more > 0 ? [...lines, `  ${style.bullet}${localize('and {count} more packages', { count: more })}\n`] : lines;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** Cuts text that is too wide and ends it with `…`. */
function cut(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let cutText = '';
  for (const character of text) {
    if (columnsOf(cutText + character) > width - 1) break;
    cutText += character;
  }
  return `${cutText}…`;
}
