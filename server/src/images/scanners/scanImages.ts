import { baseImages } from '../../dockerfile/baseImages';
import type { DockerfileModel } from '../../dockerfile/model';
import type { Localize } from '../../l10n/localize';
import type { Outcome } from '../../reports/outcome';
import type { ScanReport } from '../../reports/scanReport';
import type { RunningOptions } from '../engines/engine';
import type { Scanner, Subject } from './scanner';

/** Scans the base images of a Dockerfile; the first report lists those that cannot be scanned. */
export function scanBaseImages(
  scanner: Scanner,
  dockerfile: Pick<DockerfileModel, 'stages'>,
  options: RunningOptions,
  localize: Localize,
): Promise<Outcome<readonly ScanReport[]>> {
  const { images, unresolved, hasScratch } = baseImages(dockerfile);
  const skipped = [
    ...unresolved.map(({ from }) =>
      localize('{image} is not scanned: it contains a variable without a value or is not an image', {
        image: from.args[0]?.text ?? 'FROM',
      }),
    ),
    ...(hasScratch ? [localize('scratch is empty: there is nothing to scan')] : []),
  ];
  return scanImages(
    scanner,
    images.map(({ text, platform }) => ({ image: text, platform })),
    options,
    localize,
    skipped,
  );
}

/**
 * Scans one image after the other. The first report lists failures; if there is no report at all, the failure is the
 * outcome.
 */
export async function scanImages(
  scanner: Scanner,
  subjects: readonly Subject[],
  options: RunningOptions,
  localize: Localize,
  skipped: readonly string[] = [],
): Promise<Outcome<readonly ScanReport[]>> {
  const reports: ScanReport[] = [];
  const notes = [...skipped];
  let failure: Outcome<never> = { ok: false, reason: skipped[0] ?? localize('The file names no image to scan') };
  for (const subject of subjects) {
    const outcome = await scanner.scan(subject, options);
    if (outcome.ok) {
      reports.push(outcome.value);
      continue;
    }
    if (outcome.isCancelled) return outcome;
    failure = outcome;
    notes.push(localize('{image} was not scanned: {reason}', { image: subject.image, reason: outcome.reason }));
  }
  const [first, ...others] = reports;
  return first ? { ok: true, value: [{ ...first, notes: [...first.notes, ...notes] }, ...others] } : failure;
}
