/** A version and its suffix: `3.11.4-slim-bookworm`. */
const TAG = /^(v?)(\d+(?:\.\d+)+)(-.*)?$/;

/**
 * True for a later tag of the same line: `12.4` → `12.6`, `3.11.4-slim` → `3.11.9-slim`; only the last number differs.
 */
export function isNewerTag(tag: string | undefined, than: string | undefined): boolean {
  const [, prefix, version, rest] = TAG.exec(tag ?? '') ?? [];
  const [, otherPrefix, otherVersion, otherRest] = TAG.exec(than ?? '') ?? [];
  if (version === undefined || otherVersion === undefined || prefix !== otherPrefix || rest !== otherRest) return false;
  const [line, last] = split(version);
  const [otherLine, otherLast] = split(otherVersion);
  return line === otherLine && last > otherLast;
}

function split(version: string): readonly [line: string, last: number] {
  const dot = version.lastIndexOf('.');
  return [version.slice(0, dot), Number(version.slice(dot + 1))];
}
