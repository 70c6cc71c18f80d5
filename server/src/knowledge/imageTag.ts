/** The parts of a tag of an official image: `3.11-slim-bookworm`, `17-jre-alpine`, `8.0-noble-chiseled`. */
export interface ImageTag {
  /** In lower case; `latest` when there is no tag. */
  readonly text: string;
  /** `3.11`; undefined for `latest`, `slim`, `bookworm`. */
  readonly version: string | undefined;
  /** All parts, in order. */
  readonly parts: readonly string[];
}

export function parseTag(written: string | undefined): ImageTag {
  const text = (written ?? 'latest').toLowerCase();
  const parts = text.split('-');
  const [first = ''] = parts;
  return { text, parts, version: /^v?\d/.test(first) ? first.replace(/^v/, '') : undefined };
}

/** Compares dotted numbers; a missing part counts as 0. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(minimum)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbersOf(version: string): number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}
