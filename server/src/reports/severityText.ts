import type { Localize } from '../l10n/localize';
import { SEVERITIES, type SeverityCounts } from './vulnerabilities';

/** `1 critical, 3 high`; `none` when there is nothing to count. */
export function countsText(counts: SeverityCounts, localize: Localize): string {
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    localize(COUNTS[severity], { count: counts[severity] }),
  );
  return parts.length === 0 ? localize('none') : parts.join(localize(', '));
}

const COUNTS = {
  critical: '{count} critical',
  high: '{count} high',
  medium: '{count} medium',
  low: '{count} low',
  negligible: '{count} negligible',
  unknown: '{count} unknown',
} as const;
