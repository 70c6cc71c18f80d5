import type { Instruction } from '../dockerfile/model';
import type { ScanReport } from '../reports/scanReport';
import type { LineIndex } from '../text/lineIndex';

/** One report, and where in which Dockerfile what it tells came in. */
export interface ScannedImage {
  readonly report: ScanReport;
  /** Undefined for an image that was named without a file. */
  readonly source: ScanSource | undefined;
}

export interface ScanSource {
  readonly path: string;
  readonly lines: LineIndex;
  readonly from: Instruction;
  /** Of the instructions whose layers are known. */
  readonly layers: ReadonlyMap<string, Instruction>;
}
