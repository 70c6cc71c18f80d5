import { isClairReport, readClairReport } from './clairReport';
import { isGrypeReport, readGrypeReport } from './grypeReport';
import type { ReadContext, ReadReport } from './reportReader';
import { isTrivyReport, readTrivyReport } from './trivyReport';

/**
 * Larger than the report of any image. Reading one takes about four times its size in memory, and a second per 100 MB.
 */
export const MAX_REPORT_BYTES = 64 * 1024 * 1024;

const FORMATS = [
  [isTrivyReport, readTrivyReport],
  [isGrypeReport, readGrypeReport],
  [isClairReport, readClairReport],
] as const;

/** Reads the JSON report of any supported scanner. */
export function readReport(text: string, context: ReadContext): ReadReport {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return { ok: false, reason: context.localize('The report is not valid JSON') };
  }
  for (const [isOf, read] of FORMATS) if (isOf(value)) return read(value, context);
  return { ok: false, reason: context.localize('Not a JSON report from Trivy, Clair or Grype') };
}
