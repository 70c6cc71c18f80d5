import type { Localize } from '../l10n/localize';
import { sizeText } from '../text/byteText';

/** `about 1.02 GB on disk`: unpacked, as plans count. */
export function sizeOnDisk(localize: Localize, bytes: number): string {
  return localize('about {size} on disk', { size: sizeText(bytes) });
}

/** `about 364 MB`: the form in which estimates are shown. */
export function aboutSize(localize: Localize, bytes: number): string {
  return localize('about {size}', { size: sizeText(bytes) });
}
