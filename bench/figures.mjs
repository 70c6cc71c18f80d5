/** Formats for figures. */

export function ms(milliseconds) {
  return `${milliseconds.toFixed(1)} ms`;
}

/** A goal that is a multiple of what the same run measures of something else: the arguments of a row behind its name. */
export function within(value, times, { value: other, name }, show = ms) {
  return [show(value), `≤ ${times} × ${name} = ${show(times * other)}`, value <= times * other];
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
