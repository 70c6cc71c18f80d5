import type { Localize } from '../l10n/localize';
import type { ScanReport } from './scanReport';

/** What a reader of a scanner's format is given beside the report. */
export interface ReadContext {
  /** As it was asked for; undefined: what the report calls it. */
  readonly image?: string | undefined;
  /** For reports that do not say when they were made. */
  readonly readAt: Date;
  readonly localize: Localize;
}

/** What it makes of the report, or why it cannot. */
export type ReadReport =
  | { readonly ok: true; readonly report: ScanReport }
  | { readonly ok: false; readonly reason: string };
