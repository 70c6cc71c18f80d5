import type { CheckedFile, CheckReport } from '../../../server/src/protocol';

/** The `l10n` of the editor, which this file does not import. */
interface Texts {
  t(english: string, ...values: (string | number)[]): string;
}

/** The findings of a workspace as Markdown, for a pull request or a ticket. */
export function checkMarkdown({ name, files, checkedAt }: CheckReport, l10n: Texts): string {
  const told = files.filter(({ findings, error }) => findings.length > 0 || error !== undefined);
  const count = files.reduce((sum, { findings }) => sum + findings.length, 0);
  return [
    `# ${l10n.t('Dockerfiles: {0}', escapeMarkdown(name))}`,
    `${l10n.t('{0} findings in {1} files', count, files.length)}, ${checkedAt}`,
    ...told.flatMap((file) => fileSection(file, l10n)),
    '',
  ].join('\n\n');
}

function fileSection({ path, findings, error }: CheckedFile, l10n: Texts): string[] {
  const rows = findings.map(({ range, severity, message, rule }) => {
    const cells = [String(range.start.line + 1), severity, escapeMarkdown(message), `\`${rule}\``];
    return `| ${cells.join(' | ')} |`;
  });
  const head = [l10n.t('Line'), l10n.t('Severity'), l10n.t('Finding'), l10n.t('Rule')];
  const table = [`| ${head.join(' | ')} |`, '| ---: | --- | --- | --- |', ...rows].join('\n');
  return [
    `## ${escapeMarkdown(path)}`,
    ...(error === undefined ? [] : [escapeMarkdown(error)]),
    ...(rows.length > 0 ? [table] : []),
  ];
}

/** Text from files is never markup; code in backticks stays code. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part.replaceAll('|', '\\|') : part.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&')))
    .join('');
}
