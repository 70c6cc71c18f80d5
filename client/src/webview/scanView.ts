import type { ScanReport, ScansReport } from '../../../server/src/protocol';
import { element, webLink } from './element';
import { checkFilter, choiceFilter, countBy, severityButtons, severityLabel, textFilter } from './filters';
import { l10n } from './l10n';
import { createTable } from './table';
import { pageHeader, type View } from './view';

type Vulnerability = ScanReport['vulnerabilities'][number];
type Severity = Vulnerability['severity'];

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];

function severityText(severity: Severity): string {
  const texts: Readonly<Record<Severity, string>> = {
    critical: l10n.t('Critical'),
    high: l10n.t('High'),
    medium: l10n.t('Medium'),
    low: l10n.t('Low'),
    negligible: l10n.t('Negligible'),
    unknown: l10n.t('Unknown'),
  };
  return texts[severity];
}

/** The scan results for the images of a Dockerfile, one image at a time. */
export function scanView({ name, reports }: ScansReport): View {
  const title = l10n.t('Vulnerabilities: {0}', name);
  const shown = element('div', { id: 'image', role: reports.length > 1 ? 'tabpanel' : 'group' });
  const tabs = reports.map((report) =>
    element(
      'button',
      { type: 'button', role: 'tab', 'aria-controls': 'image', class: 'tab' },
      report.image,
      element('span', { class: 'count' }, l10n.number(report.vulnerabilities.length)),
    ),
  );
  const choose = (index: number): void => {
    const report = reports[index];
    if (!report) return;
    for (const [at, tab] of tabs.entries()) {
      tab.ariaSelected = String(at === index);
      tab.tabIndex = at === index ? 0 : -1;
    }
    shown.replaceChildren(imageReport(report));
    shown.ariaLabel = report.image;
  };
  const list = element('div', { role: 'tablist', class: 'tabs', 'aria-label': l10n.t('Images') }, ...tabs);
  list.addEventListener('click', ({ target }) => {
    choose(tabs.findIndex((tab) => target instanceof Node && tab.contains(target)));
  });
  list.addEventListener('keydown', ({ key }) => {
    const at = tabs.findIndex((tab) => tab.ariaSelected === 'true');
    const step = Number(key === 'ArrowRight') - Number(key === 'ArrowLeft');
    const next = step === 0 ? undefined : tabs[(at + step + tabs.length) % tabs.length];
    next?.focus();
    if (next) choose(tabs.indexOf(next));
  });
  choose(0);
  return {
    title,
    body: element('main', { class: 'scan' }, pageHeader(title, []), reports.length > 1 ? list : undefined, shown),
  };
}

function imageReport(report: ScanReport): HTMLElement {
  const { vulnerabilities, image, distribution, scanner, scannedAt, ignored, notes } = report;
  const counts = countBy(vulnerabilities, ({ severity }) => severity);
  const severities = severityButtons(
    SEVERITIES.map((id) => ({ id, label: severityText(id), count: counts.find((one) => one.id === id)?.count ?? 0 })),
    () => update(),
  );
  const text = textFilter(l10n.t('Filter by package or ID'), () => update());
  const fixable = checkFilter(l10n.t('Only with a fixed version'), () => update());
  const layers = countBy(vulnerabilities, ({ layer = '' }) => layer).filter(({ id }) => id !== '');
  const layer = choiceFilter(
    l10n.t('Layer'),
    l10n.t('All layers'),
    layers.map((one) => ({ ...one, label: shortDigest(one.id) })),
    () => update(),
  );
  const status = element('span', { class: 'quiet', role: 'status' });
  const table = createTable<Vulnerability>({
    label: l10n.t('Vulnerabilities of {0}', image),
    empty: l10n.t('No vulnerabilities'),
    columns: columns(layers.length > 0),
    // Opens the advisory.
    activate: () => table.body.querySelector<HTMLAnchorElement>('.row[aria-selected="true"] a')?.click(),
    describe: ({ id, severity, package: of, installedVersion, fixedVersion, title, path }) =>
      [
        `${id} (${severityText(severity)}): ${of} ${installedVersion}`,
        fixedVersion === undefined ? l10n.t('no fixed version') : l10n.t('fixed in {0}', fixedVersion),
        ...[title, path].filter((part) => part !== undefined),
      ].join('\n'),
  });
  const update = (): void => {
    const rows = vulnerabilities.filter(
      (one) =>
        severities.has(one.severity) &&
        (!fixable.isOn() || one.fixedVersion !== undefined) &&
        layer.has(one.layer ?? '') &&
        text.has(`${one.package} ${one.id} ${one.title ?? ''}`),
    );
    table.show(rows);
    status.textContent = l10n.t('{0} of {1}', l10n.number(rows.length), l10n.number(vulnerabilities.length));
  };
  update();
  const by = `${scanner.name[0]?.toUpperCase() ?? ''}${scanner.name.slice(1)} ${scanner.version ?? ''}`.trim();
  const facts = [image, distribution, by, l10n.date(scannedAt)].filter(Boolean).join(' · ');
  return element(
    'section',
    {},
    element('p', { class: 'quiet' }, facts),
    severities.body,
    ...noteList([...notes, ...(ignored > 0 ? [l10n.t('{0} suppressed by an ignore file', ignored)] : [])]),
    element(
      'div',
      { class: 'bar-of-tools' },
      text.body,
      fixable.body,
      layers.length > 0 ? layer.body : undefined,
      status,
    ),
    table.body,
  );
}

function columns(hasLayers: boolean) {
  const all = [
    {
      title: l10n.t('Severity'),
      width: '96px',
      cell: ({ severity }: Vulnerability) => severityLabel(severity, severityText(severity)),
      key: ({ severity }: Vulnerability) => SEVERITIES.indexOf(severity),
    },
    {
      title: l10n.t('Score'),
      width: '58px',
      cell: ({ score }: Vulnerability) => (score === undefined ? '' : score.toFixed(1)),
      key: ({ score = -1 }: Vulnerability) => score,
      isDescending: true,
    },
    {
      title: l10n.t('ID'),
      width: '152px',
      cell: ({ id, url }: Vulnerability) => webLink(id, url),
      key: ({ id }: Vulnerability) => id,
    },
    {
      title: l10n.t('Package'),
      width: 'minmax(90px, 1fr)',
      cell: ({ package: of }: Vulnerability) => of,
      key: ({ package: of }: Vulnerability) => of,
    },
    {
      title: l10n.t('Installed'),
      width: 'minmax(80px, 0.9fr)',
      cell: ({ installedVersion }: Vulnerability) => installedVersion,
      key: ({ installedVersion }: Vulnerability) => installedVersion,
    },
    {
      title: l10n.t('Fixed in'),
      width: 'minmax(80px, 0.9fr)',
      cell: ({ fixedVersion }: Vulnerability) => fixedVersion ?? '–',
      key: ({ fixedVersion = '' }: Vulnerability) => fixedVersion,
      isDescending: true,
    },
    {
      title: l10n.t('Title'),
      width: 'minmax(0, 3fr)',
      cell: ({ title = '' }: Vulnerability) => title,
      key: ({ title = '' }: Vulnerability) => title,
    },
  ];
  const layer = {
    title: l10n.t('Layer'),
    width: '104px',
    cell: ({ layer: digest = '' }: Vulnerability) => element('code', {}, shortDigest(digest)),
    key: ({ layer: digest = '' }: Vulnerability) => digest,
  };
  return hasLayers ? [...all, layer] : all;
}

function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}

function noteList(notes: readonly string[]): HTMLElement[] {
  if (notes.length === 0) return [];
  return [element('ul', { class: 'notes-list' }, ...notes.map((note) => element('li', {}, note)))];
}
