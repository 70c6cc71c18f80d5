import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../protocol';
import { Failure, reasonOf } from '../failure';
import type { Session } from '../session';
import { reportPage } from './reportPage';

/** A report as a self-contained page; its script and texts are next to the bundle. */
export function htmlReport({ language, engine: { localize } }: Session, report: Report): string {
  const file = join(__dirname, 'reportView.html');
  let template: string;
  try {
    template = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`${file}: ${reasonOf(error, localize)}`);
  }
  return reportPage(template, { language, texts: textsOf(language), report });
}

/** The texts of the page; if there are none, it is in English. */
function textsOf(language: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(__dirname, `../l10n/bundle.l10n.${language}.json`), 'utf8'));
  } catch {
    return {};
  }
}
