/**
 * The host's clock, or the time set for reproducible builds: https://reproducible-builds.org/specs/source-date-epoch/
 */
export function now(): Date {
  const epoch = process.env['SOURCE_DATE_EPOCH'] ?? '';
  return /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
}
