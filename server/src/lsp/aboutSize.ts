import type { Localize } from '../l10n/localize';
import { sizeText } from '../text/byteText';

/** `about 364 MB`: the form in which estimates are shown. */
export function aboutSize(localize: Localize, bytes: number): string {
  return localize('about {size}', { size: sizeText(bytes) });
}
