import type { CheckReport } from '../../../server/src/protocol';
import { findingsMarkdown } from '../../../server/src/reports/findingsMarkdown';
import { escapeMarkdown } from '../../../server/src/text/markdown';

/** The `l10n` of the editor, which this file does not import. */
interface Texts {
  t(english: string, ...values: (string | number)[]): string;
}

/** The findings of a workspace as Markdown, for a pull request or a ticket. */
export function checkMarkdown({ name, files, checkedAt }: CheckReport, l10n: Texts): string {
  const told = files.filter(({ findings, error }) => findings.length > 0 || error !== undefined);
  const count = files.reduce((sum, { findings }) => sum + findings.length, 0);
  const heading = [l10n.t('Line'), l10n.t('Severity'), l10n.t('Finding'), l10n.t('Rule')] as const;
  return [
    `# ${l10n.t('Dockerfiles: {0}', escapeMarkdown(name))}`,
    `${l10n.t('{0} findings in {1} files', count, files.length)}, ${checkedAt}`,
    ...told.flatMap((file) => findingsMarkdown(file, heading)),
    '',
  ].join('\n\n');
}
