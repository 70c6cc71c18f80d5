import type { Localize } from '../l10n/localize';
import type { ScanReport } from './scanReport';

/** Facts for the reader of a scanner's format that the report may not contain. */
export interface ReadContext {
  /** The requested image; undefined: use the name in the report. */
  readonly image?: string | undefined;
  /** For reports that do not say when they were made. */
  readonly readAt: Date;
  readonly localize: Localize;
}

/** The parsed report, or the reason why it cannot be read. */
export type ReadReport =
  | { readonly ok: true; readonly report: ScanReport }
  | { readonly ok: false; readonly reason: string };
