import type { Localize } from '../../l10n/localize';
import type { Outcome } from '../../reports/outcome';
import type { ScanReport } from '../../reports/scanReport';
import type { ScannerKind } from '../../reports/scanRequest';
import type { RunningOptions } from '../engines/engine';

/** Looks for known vulnerabilities in images. Errors are returned as values, with a text for a person. */
export interface Scanner {
  readonly kind: ScannerKind;
  scan(subject: Subject, options: RunningOptions): Promise<Outcome<ScanReport>>;
}

/** An image in a registry or the machine's own store, or a docker archive. */
export interface Subject {
  /** The image's name in the report. */
  readonly image: string;
  /** The path of the archive; undefined: the scanner finds the image by its name. */
  readonly archivePath?: string | undefined;
  /** The platform of an image found by name; undefined: the scanner's default. */
  readonly platform?: string | undefined;
}

export interface ScannerSetup {
  readonly localize: Localize;
  readonly now: () => Date;
}
