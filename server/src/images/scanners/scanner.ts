import type { Localize } from '../../l10n/localize';
import type { Outcome } from '../../reports/outcome';
import type { ScanReport } from '../../reports/scanReport';
import type { ScannerKind } from '../../reports/scanRequest';
import type { RunningOptions } from '../engines/engine';

/** What looks for known vulnerabilities in images. Whatever goes wrong comes back as a value, in words for a person. */
export interface Scanner {
  readonly kind: ScannerKind;
  scan(subject: Subject, options: RunningOptions): Promise<Outcome<ScanReport>>;
}

/** An image in a registry or the machine's own store, or a docker archive of one. */
export interface Subject {
  /** As the report calls it. */
  readonly image: string;
  /** Of the archive; undefined: the scanner finds the image by its name. */
  readonly archivePath?: string | undefined;
  /** Of an image that its name finds; undefined: the one that the scanner takes by itself. */
  readonly platform?: string | undefined;
}

export interface ScannerSetup {
  readonly localize: Localize;
  readonly now: () => Date;
}
