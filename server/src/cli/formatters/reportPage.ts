import type { ReportPage } from '../../protocol';

/**
 * A report as a self-contained page. The template, `dist/reportView.html`, ends where its data begins. No text in the
 * data can end its element or start another.
 */
export function reportPage(template: string, page: ReportPage): string {
  return `${template}${JSON.stringify(page).replaceAll('<', '\\u003c')}</script>\n`;
}
