import { placeRows } from '../../reports/placeRows';
import type { ScannedImage } from '../scannedImage';
import type { Session } from '../session';
import { printJson } from './json';
import { portablePath } from './reporter';

/** The contract of docs/cli.md, version 1. */
export function printScanJson(session: Session, images: readonly ScannedImage[]): void {
  printJson(session, { version: 1, reports: images.map(toJson) });
}

function toJson({ report, source }: ScannedImage): unknown {
  if (!source) return report;
  const { path, lines, from, layers } = source;
  const places = placeRows(report.vulnerabilities, from, layers);
  const lineOf = new Map(
    [...places].flatMap(([node, rows]) =>
      rows.map((row) => [row, lines.positionAt(node.keywordSpan.start).line] as const),
    ),
  );
  return {
    ...report,
    path: portablePath(path),
    vulnerabilities: report.vulnerabilities.map((row) => ({ ...row, line: lineOf.get(row) })),
  };
}
