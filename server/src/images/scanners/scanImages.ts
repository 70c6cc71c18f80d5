import type { Localize } from '../../l10n/localize';
import type { Outcome, RunningOptions } from '../engines/engine';
import type { ScanReport } from '../scanReport';
import type { Scanner } from './scanner';

/** One image after the other. What could not be scanned is told in the first report; with no report at all it is the outcome. */
export async function scanImages(
  scanner: Scanner,
  images: readonly string[],
  options: RunningOptions,
  localize: Localize,
): Promise<Outcome<readonly ScanReport[]>> {
  const reports: ScanReport[] = [];
  const notes: string[] = [];
  for (const image of images) {
    const outcome = await scanner.scan({ image }, options);
    if (outcome.ok) reports.push(outcome.value);
    else if (outcome.isCancelled || (reports.length === 0 && image === images.at(-1))) return outcome;
    else notes.push(localize('{image} was not scanned: {reason}', { image, reason: outcome.reason }));
  }
  const [first, ...others] = reports;
  return { ok: true, value: first ? [{ ...first, notes: [...first.notes, ...notes] }, ...others] : [] };
}
