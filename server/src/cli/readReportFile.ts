import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Localize } from '../l10n/localize';
import { MAX_REPORT_BYTES } from '../reports/readReport';
import { reasonOf } from './failure';
import type { ReadResult } from './readFile';

/** Reads a saved report, `-` from standard input; also in UTF-16, which PowerShell writes when it redirects output. */
export function readReportFile(path: string, localize: Localize): ReadResult {
  try {
    const file = path === '-' ? 0 : openSync(path, 'r');
    try {
      const bytes = fstatSync(file).size > MAX_REPORT_BYTES ? undefined : readFileSync(file);
      if (bytes === undefined || bytes.length > MAX_REPORT_BYTES)
        return {
          ok: false,
          reason: localize('too large: more than {size} MB', { size: MAX_REPORT_BYTES / 1024 / 1024 }),
        };
      const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
      return { ok: true, text: new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes) };
    } finally {
      if (path !== '-') closeSync(file);
    }
  } catch (error) {
    return { ok: false, reason: reasonOf(error, localize) };
  }
}
