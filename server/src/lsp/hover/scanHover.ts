import type { Stage } from '../../dockerfile/model';
import type { Localize } from '../../l10n/localize';
import type { Vulnerability } from '../../reports/scanReport';
import { countsText } from '../../reports/severityText';
import { countBySeverity, worstOf } from '../../reports/vulnerabilities';
import type { Analysis } from '../analyses';
import type { DocumentScans } from '../documentScans';

const WORST = 5;

/** The scan result for the image of a FROM, as markdown; undefined when it was not scanned. */
export function scanHover(
  { uri }: Analysis,
  stage: Stage,
  scans: DocumentScans,
  localize: Localize,
): string | undefined {
  const report = scans.reportOn(uri, stage);
  if (!report) return undefined;
  const { scanner, scannedAt, vulnerabilities, ignored, distribution } = report;
  const source = [scanner.name, scanner.version].filter(Boolean).join(' ');
  const counts = countsText(countBySeverity(vulnerabilities), localize);
  const fixable = vulnerabilities.filter(({ fixedVersion }) => fixedVersion !== undefined).length;
  const head = localize('**Known vulnerabilities**: {counts}', { counts });
  const facts = [
    ...(fixable > 0 ? [localize('{count} have a fixed version', { count: fixable })] : []),
    ...(ignored > 0 ? [localize('{count} ignored', { count: ignored })] : []),
    ...(distribution === undefined ? [] : [plain(distribution)]),
  ];
  const worst = worstOf(vulnerabilities, WORST).map((row) => `- ${lineOf(row, localize)}`);
  const better = scans
    .betterThan(uri, stage)
    .map(({ image, fewer }) => `- ${localize('`{image}` has {count} fewer', { image, count: fewer })}`);
  return [
    [head, ...facts].join(' · '),
    ...(worst.length > 0 ? [worst.join('\n')] : []),
    ...(better.length > 0 ? [`${localize('Scanned newer tags:')}\n${better.join('\n')}`] : []),
    `*${localize('Scanned with {scanner} on {date}', { scanner: plain(source), date: scannedAt.slice(0, 10) })}*`,
  ].join('\n\n');
}

function lineOf(row: Vulnerability, localize: Localize): string {
  const { id, url, severity, package: name, installedVersion, fixedVersion } = row;
  const link = url === undefined ? plain(id) : `[${plain(id)}](<${url.replace(/[<>]/g, encodeURIComponent)}>)`;
  const data = { id: link, severity, package: plain(name), version: plain(installedVersion) };
  return fixedVersion === undefined
    ? localize('{id} ({severity}) in {package} {version}, no fixed version yet', data)
    : localize('{id} ({severity}) in {package} {version}, fixed in {fixed}', { ...data, fixed: plain(fixedVersion) });
}

/** Text from a report, escaped so that it is never read as markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~\r\n]/g, (character) => (/[\r\n]/.test(character) ? ' ' : `\\${character}`));
}
