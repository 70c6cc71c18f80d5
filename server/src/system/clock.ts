/** The host's clock, or the moment that builds which are to be repeated are given: https://reproducible-builds.org/specs/source-date-epoch/ */
export function now(): Date {
  const epoch = process.env['SOURCE_DATE_EPOCH'] ?? '';
  return /^\d+$/.test(epoch) ? new Date(Number(epoch) * 1000) : new Date();
}
