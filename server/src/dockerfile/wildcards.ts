/**
 * Patterns of `${A#…}`, `${A%…}` and `${A/…/…}`: `*` and `?` are wildcards, brackets are not, `\\` escapes a character.
 */

/** `#`/`%` remove the shortest match, `##`/`%%` the longest. */
export function trimWildcards(value: string, word: string, operator: '#' | '%'): string {
  const isLongest = word.startsWith(operator);
  const parts = partsOf(isLongest ? word.slice(1) : word);
  if (operator === '#') return value.slice(matchAt(value, parts, 0, isLongest) ?? 0);
  const turned = turn([...value]);
  const taken = matchAt(turned, turn(parts.map((part) => turn(part))), 0, isLongest) ?? 0;
  return value.slice(0, value.length - taken);
}

/** Replaces the first match or all matches, each as long as possible. */
export function replaceWildcards(value: string, pattern: string, replacement: string, isGlobal: boolean): string {
  const parts = partsOf(pattern);
  let result = '';
  let from = 0;
  for (let at = 0; at <= value.length; at++) {
    const end = matchAt(value, parts, at, true);
    // The part before the first star fits, but the rest does not; so it will not fit further on either.
    if (end === undefined && parts.length > 1 && isAt(value, parts[0] ?? [], at)) break;
    if (end === undefined || end === at) continue;
    result += value.slice(from, at) + replacement;
    from = end;
    if (!isGlobal) break;
    at = end - 1;
  }
  return result + value.slice(from);
}

/** The characters to match; undefined matches any character. */
type Part = readonly (string | undefined)[];

/** The parts between the stars. */
function partsOf(pattern: string): readonly Part[] {
  const parts: (string | undefined)[][] = [[]];
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index] ?? '';
    if (char === '*') parts.push([]);
    else parts.at(-1)?.push(char === '?' ? undefined : char === '\\' ? (pattern[++index] ?? char) : char);
  }
  return parts;
}

/** Where the shortest or the longest match that begins at `start` ends. */
function matchAt(value: string | Part, parts: readonly Part[], start: number, isLongest: boolean): number | undefined {
  const [first = [], ...others] = parts;
  if (!isAt(value, first, start)) return undefined;
  let end = start + first.length;
  for (const part of others) {
    let at = end;
    while (at <= value.length && !isAt(value, part, at)) at++;
    if (at > value.length) return undefined;
    end = at + part.length;
  }
  const last = others.at(-1);
  if (!last || !isLongest) return end;
  for (let at = value.length - last.length; at + last.length > end; at--)
    if (isAt(value, last, at)) return at + last.length;
  return end;
}

function isAt(value: string | Part, part: Part, at: number): boolean {
  return (
    at + part.length <= value.length && part.every((char, index) => char === undefined || char === value[at + index])
  );
}

function turn<T>(items: readonly T[]): readonly T[] {
  return [...items].reverse();
}
