import type { Instruction } from '../dockerfile/model';
import type { ScanReport } from '../reports/scanReport';
import type { LineIndex } from '../text/lineIndex';

/** One report, and where in which Dockerfile its vulnerabilities came in. */
export interface ScannedImage {
  readonly report: ScanReport;
  /** Undefined for an image given without a file. */
  readonly source: ScanSource | undefined;
}

export interface ScanSource {
  readonly path: string;
  readonly lines: LineIndex;
  readonly from: Instruction;
  /** The instructions whose layers are known, by layer digest. */
  readonly layers: ReadonlyMap<string, Instruction>;
}
