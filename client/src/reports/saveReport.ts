import { extensions, l10n, Uri, window, workspace } from 'vscode';
import type { CheckReport, Report, ReportPage } from '../../../server/src/protocol';
import type { Client } from '../client';
import { checkMarkdown } from './checkMarkdown';
import { fileToCheck } from './fileToCheck';

/**
 * Asks for a location and saves the report: as the page itself or as JSON; findings also as Markdown
 * or SARIF, a drawing also as SVG.
 */
export async function saveReport(
  client: Client,
  report: Report,
  page: ReportPage,
  template: string,
  source: Uri | undefined,
  svg: string | undefined,
): Promise<void> {
  const filters: Record<string, string[]> = {
    ...(svg === undefined ? {} : { SVG: ['svg'] }),
    [l10n.t('Web page')]: ['html'],
    JSON: ['json'],
    ...(report.kind === 'check' ? { Markdown: ['md'], SARIF: ['sarif'] } : {}),
  };
  const folder = source ? Uri.joinPath(source, '..') : workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    filters,
    title: l10n.t('Save Report'),
    ...(folder
      ? { defaultUri: Uri.joinPath(folder, `dockerfile-${report.kind}.${svg === undefined ? 'html' : 'svg'}`) }
      : {}),
  });
  if (!target) return;
  const isSarif = target.path.endsWith('.sarif') && report.kind === 'check';
  const drawing = target.path.endsWith('.svg') ? svg : undefined;
  const text = isSarif ? await sarifOf(client, report) : (drawing ?? textFor(target.path, report, page, template));
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = l10n.t('Open');
  const name = target.path.split('/').pop() ?? '';
  if ((await window.showInformationMessage(l10n.t('Saved: {0}', name), open)) === open)
    await window.showTextDocument(target);
}

function textFor(path: string, report: Report, page: ReportPage, template: string): string {
  if (path.endsWith('.json')) return `${JSON.stringify(jsonOf(report), undefined, 2)}\n`;
  if (path.endsWith('.md') && report.kind === 'check') return checkMarkdown(report, l10n);
  // The template ends where its data begins; no text in the data can end the element.
  return `${template}${JSON.stringify(page).replaceAll('<', '\\u003c')}</script>\n`;
}

/** The same JSON that the command line prints. */
function jsonOf(report: Report): unknown {
  if (report.kind !== 'check') return report;
  return { version: 1, files: report.files.map(({ uri: _, ...file }) => file) };
}

/**
 * Created by the server from the files as they are now: SARIF needs regions and edits, which the view does not have.
 */
async function sarifOf(client: Client, { files }: CheckReport): Promise<string> {
  const { version } = extensions.getExtension('dockerfile-optimizer.dockerfile-optimizer')?.packageJSON ?? {};
  const result = await client.sendRequest('dockerfile/checkSarif', {
    version: String(version ?? ''),
    files: await Promise.all(files.map(({ uri }) => fileToCheck(client, Uri.parse(uri, true)))),
  });
  if (!result) throw new Error(l10n.t('the server did not respond'));
  return result.text;
}
