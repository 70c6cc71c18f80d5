import type { ScannedImage } from '../scannedImage';
import type { Session } from '../session';
import { htmlReport } from './htmlReport';
import { portablePath } from './reporter';

/** The page of Scan Base Images, named after the Dockerfile, else after the image. */
export function printScanHtml(session: Session, images: readonly ScannedImage[]): void {
  const [first] = images;
  const name = first?.source ? portablePath(first.source.path) : (first?.report.image ?? '');
  session.out(htmlReport(session, { kind: 'scan', name, reports: images.map(({ report }) => report) }));
}
