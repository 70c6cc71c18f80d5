import type { CheckedFile, CheckReport, ReportedFinding } from '../../../server/src/protocol';
import { isInEditor, tellEditor } from './editor';
import { button, element } from './element';
import { checkFilter, choiceFilter, countBy, severityButtons, severityLabel, textFilter } from './filters';
import { l10n } from './l10n';
import { createTable } from './table';
import { pageHeader, type View } from './view';

interface Row {
  readonly file: CheckedFile;
  readonly finding: ReportedFinding;
}

type Severity = ReportedFinding['severity'];

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

function severityText(severity: Severity): string {
  const texts: Readonly<Record<Severity, string>> = {
    error: l10n.t('Error'),
    warning: l10n.t('Warning'),
    info: l10n.t('Info'),
    hint: l10n.t('Hint'),
  };
  return texts[severity];
}

/** The findings of all Dockerfiles in a workspace. */
export function checkView({ name, checkedAt, files, isCutOff }: CheckReport): View {
  const title = l10n.t('Dockerfiles: {0}', name);
  const all = files.flatMap((file) => file.findings.map((finding): Row => ({ file, finding })));
  const clean = files.filter(({ findings, error }) => findings.length === 0 && error === undefined).length;
  const counts = countBy(all, ({ finding }) => finding.severity);
  const severities = severityButtons(
    SEVERITIES.map((id) => ({ id, label: severityText(id), count: counts.find((one) => one.id === id)?.count ?? 0 })),
    () => update(),
  );
  const text = textFilter(l10n.t('Filter by file, rule or message'), () => update());
  const fixable = checkFilter(l10n.t('Only with a fix'), () => update());
  const rule = choiceFilter(
    l10n.t('Rule'),
    l10n.t('All rules'),
    countBy(all, ({ finding }) => finding.rule),
    () => update(),
  );
  const file = choiceFilter(
    l10n.t('File'),
    l10n.t('All files'),
    countBy(all, (row) => row.file.path),
    () => update(),
  );
  const status = element('span', { class: 'quiet', role: 'status' });
  const jump = ({ file: { uri }, finding }: Row): void =>
    tellEditor({ type: 'jump', uri, line: finding.range.start.line });
  const table = createTable<Row>({
    label: l10n.t('Findings'),
    empty: l10n.t('No findings'),
    columns: [
      {
        title: l10n.t('Line'),
        width: '52px',
        cell: (row) => placeCell(row, jump),
        key: ({ finding }) => finding.range.start.line,
      },
      {
        title: l10n.t('Severity'),
        width: '88px',
        cell: ({ finding: { severity } }) => severityLabel(severity, severityText(severity)),
        key: ({ finding: { severity } }) => SEVERITIES.indexOf(severity),
      },
      {
        title: l10n.t('Finding'),
        width: 'minmax(120px, 2.8fr)',
        cell: ({ finding }) => finding.message,
        key: ({ finding }) => finding.message,
      },
      {
        title: l10n.t('Rule'),
        width: 'minmax(80px, 1fr)',
        cell: ({ finding }) => element('code', {}, finding.code ?? finding.rule),
        key: ({ finding }) => finding.rule,
      },
      {
        title: l10n.t('Fix'),
        width: '64px',
        cell: ({ finding }) => fixText(finding),
        key: ({ finding }) => fixText(finding),
      },
    ],
    activate: jump,
    groups: { of: (row) => row.file.path, head: fileHead },
    describe: ({ file: { path }, finding }) =>
      [
        `${path}:${finding.range.start.line + 1}`,
        `${severityText(finding.severity)}: ${finding.message} [${finding.rule}]`,
        ...finding.fixes.slice(0, 1).map((fix) => fix.title),
      ].join('\n'),
  });
  const update = (): void => {
    const rows = all.filter(
      ({ file: { path }, finding }) =>
        severities.has(finding.severity) &&
        (!fixable.isOn() || hasFix(finding)) &&
        rule.has(finding.rule) &&
        file.has(path) &&
        text.has(`${path} ${finding.rule} ${finding.aliases.join(' ')} ${finding.message}`),
    );
    table.show(rows);
    status.textContent = l10n.t('{0} of {1}', l10n.number(rows.length), l10n.number(all.length));
  };
  update();
  const facts = [
    files.length === 1 ? l10n.t('1 file') : l10n.t('{0} files', l10n.number(files.length)),
    l10n.t('{0} without findings', l10n.number(clean)),
    l10n.date(checkedAt),
  ];
  return {
    title,
    body: element(
      'main',
      { class: 'check' },
      pageHeader(title, facts),
      severities.body,
      ...problems(files, isCutOff),
      element('div', { class: 'bar-of-tools' }, text.body, rule.body, file.body, fixable.body, status),
      table.body,
    ),
  };
}

/** The file of a group, how many of its findings are shown, and what can be done with it as a whole. */
function fileHead(rows: readonly [Row, ...Row[]]): (Node | string)[] {
  const [{ file }] = rows;
  const { path, uri } = file;
  const count = element('span', { class: 'count' }, l10n.number(rows.length));
  if (!isInEditor) return [element('bdi', {}, path), count];
  const open = button('', { class: 'link' }, () => tellEditor({ type: 'jump', uri, line: 0 }));
  open.append(element('bdi', {}, path));
  const isFixable = file.findings.some(({ fixes: [first] }) => first?.safety === 'safe');
  const fix = button(l10n.t('Fix'), { class: 'small', 'aria-label': l10n.t('Fix: {0}', path) }, () =>
    tellEditor({ type: 'fix', uri }),
  );
  const optimize = button(l10n.t('Optimize'), { class: 'small', 'aria-label': l10n.t('Optimize: {0}', path) }, () =>
    tellEditor({ type: 'optimize', uri }),
  );
  return [open, count, ...(isFixable ? [fix] : []), optimize];
}

function placeCell(row: Row, jump: (row: Row) => void): HTMLElement {
  const line = String(row.finding.range.start.line + 1);
  const place = element('span', { class: isInEditor ? 'place jump' : 'place' }, line);
  place.addEventListener('click', () => jump(row));
  return place;
}

function hasFix({ fixes: [first] }: ReportedFinding): boolean {
  return first !== undefined && first.safety !== 'manual';
}

function fixText({ fixes: [first] }: ReportedFinding): string {
  if (!first) return '';
  if (first.safety === 'safe') return l10n.t('safe');
  return first.safety === 'unsafe' ? l10n.t('unsafe') : l10n.t('manual');
}

function problems(files: readonly CheckedFile[], isCutOff: boolean): HTMLElement[] {
  const notes = files.flatMap(({ path, error }) => (error === undefined ? [] : [`${path}: ${error}`]));
  if (isCutOff) notes.push(l10n.t('Only the first {0} Dockerfiles were checked', files.length));
  if (notes.length === 0) return [];
  return [element('ul', { class: 'notes-list' }, ...notes.map((note) => element('li', {}, note)))];
}
