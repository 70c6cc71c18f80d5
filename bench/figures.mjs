/** Formats for figures. */

export function ms(milliseconds) {
  return `${milliseconds.toFixed(1)} ms`;
}

export function seconds(value) {
  return `${value.toFixed(2)} s`;
}

export function megabytes(bytes) {
  return `${Math.round(bytes / 1_000_000)} MB`;
}

export function kilobytes(bytes) {
  return `${Math.round(bytes / 1024)} KB`;
}

export function ratio(a, b) {
  return (a / b).toFixed(2);
}
