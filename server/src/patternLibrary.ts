import { RE2JS } from 're2js';
import type { LinearPattern, PatternLibrary, PatternMatch } from './text/linearPattern';

/**
 * A bundle of its own, loaded when a configuration has a pattern. RE2 has neither backtracking nor lookaround, so no
 * pattern of a checked-out repository can stop the editor.
 */

/** The size of the compiled pattern, by which each character can cost at most: counted repetitions multiply it. */
const MAX_SIZE = 500;

function compile(source: string): ReturnType<PatternLibrary['compile']> {
  try {
    const compiled = RE2JS.compile(source);
    if (compiled.programSize() > MAX_SIZE) return { ok: false, reason: 'the pattern is too large' };
    return { ok: true, pattern: patternOf(compiled) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: reason.replace(/^error parsing regexp: /, '') };
  }
}

function patternOf(compiled: RE2JS): LinearPattern {
  const names = compiled.namedGroups();
  const numberOf = (group: string): number =>
    /^\d+$/.test(group) ? Number(group) : Object.hasOwn(names, group) ? (names[group] ?? -1) : -1;
  return {
    isIn: (text) => compiled.matcher(text).find(),
    hasGroup(group) {
      const number = numberOf(group);
      return number >= 0 && number <= compiled.groupCount();
    },
    matches(text, most) {
      const matcher = compiled.matcher(text);
      const found: PatternMatch[] = [];
      while (found.length < most && matcher.find()) {
        const groups = Array.from(
          { length: compiled.groupCount() + 1 },
          (_, index) => matcher.group(index) ?? undefined,
        );
        const [start, end] = [matcher.start(), matcher.end()];
        if (end > start) found.push({ start, end, group: (group) => groups[numberOf(group)] });
      }
      return found;
    },
  };
}

export const patternLibrary: PatternLibrary = { compile };
