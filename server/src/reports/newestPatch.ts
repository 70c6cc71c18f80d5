/** A version and its suffix: `3.11.4-slim-bookworm`. */
const TAG = /^(v?\d+(?:\.\d+)*)(-.*)?$/;

/**
 * The newest tag of the same line: `3.11.4-slim` → `3.11.9-slim`; undefined if the tag has no patch version or is the
 * newest.
 */
export function newestPatch(tag: string, tags: readonly string[]): string | undefined {
  const [, version = '', rest = ''] = TAG.exec(tag) ?? [];
  const parts = version.split('.');
  // `3.11` moves to new patches by itself.
  if (parts.length < 3) return undefined;
  const line = parts.slice(0, -1).join('.');
  const patch = (other: string): number => {
    const [, found = '', more = ''] = TAG.exec(other) ?? [];
    if (more !== rest || !found.startsWith(`${line}.`)) return -1;
    const last = found.slice(line.length + 1);
    return /^\d+$/.test(last) ? Number(last) : -1;
  };
  const newest = tags.reduce((best, other) => (patch(other) > patch(best) ? other : best), tag);
  return newest === tag ? undefined : newest;
}
