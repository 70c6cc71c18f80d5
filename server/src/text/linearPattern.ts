/** A pattern that someone wrote in a configuration: its time grows only with the length of the text. */
export interface LinearPattern {
  isIn(text: string): boolean;
  /** Without overlaps and without empty matches, `most` at most. */
  matches(text: string, most: number): readonly PatternMatch[];
  /** By number or name. */
  hasGroup(group: string): boolean;
}

export interface PatternMatch {
  readonly start: number;
  readonly end: number;
  /** Undefined for a group that took no part in the match. */
  group(group: string): string | undefined;
}

export interface PatternLibrary {
  /** The reason says what is wrong with the pattern, in English. */
  compile(
    source: string,
  ): { readonly ok: true; readonly pattern: LinearPattern } | { readonly ok: false; readonly reason: string };
}

/** The library is loaded when a configuration has the first pattern. Undefined when it cannot be loaded. */
export type LoadPatterns = () => PatternLibrary | undefined;

/** `$1`, `$<name>` and `$$`; everything else stays, so that `$VAR` and `${VAR}` can be written. */
const PLACEHOLDER = /\$(?:\$|(\d)|<(\w+)>)/g;

/** The groups that a replacement names. */
export function groupsIn(replacement: string): readonly string[] {
  return [...replacement.matchAll(PLACEHOLDER)].flatMap(([, number, name]) => number ?? name ?? []);
}

export function fillGroups(replacement: string, groupOf: PatternMatch['group']): string {
  return replacement.replace(PLACEHOLDER, (placeholder, number?: string, name?: string) => {
    const group = number ?? name;
    return group === undefined ? placeholder.slice(1) : (groupOf(group) ?? '');
  });
}
