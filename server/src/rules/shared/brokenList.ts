import type { Instruction } from '../../dockerfile/model';

export interface BrokenList {
  /** Where it begins in the body. */
  readonly at: number;
  readonly list: string;
  /** The list as JSON; undefined if that is not clear. */
  readonly json: string | undefined;
}

/** Text of the shell form that is meant as a list of exec form; undefined for others. */
export function brokenList(text: string, node: Instruction): BrokenList | undefined {
  const source = text.slice(node.body.start, node.body.end).trim();
  const at = node.keyword === 'HEALTHCHECK' ? Math.max(source.search(/\[/), 0) : 0;
  const list = node.keyword === 'HEALTHCHECK' ? source.replace(/^CMD\s+/i, '') : source;
  const isBroken = node.keyword === 'SHELL' ? list.startsWith('[') : isList(list) || isNoCommand(list, node);
  return isBroken ? { at, list, json: mended(list) } : undefined;
}

/** A `[` followed by a quote; not the shell's test command, which has a blank and an option. */
function isList(source: string): boolean {
  if (/^\[\s+["'][-!]/.test(source)) return false;
  // Without a blank after it, `[` is not the test command: `["sh" "-c"` can only be a list.
  const start = /^\[["'‘’“”][^"'‘’“”]*["'‘’“”]\s+["'‘’“”]/.test(source);
  if (!start && !/^\[\s*["'‘’“”][^"'‘’“”]*["'‘’“”]\s*(?:[,\]]|["'‘’“”](?![=!<>]|-\w{1,2}["'’”]))/.test(source))
    return false;
  return /[\],"'”’]$/.test(source) && !/\]\s*(?:&&|\|\||;)/.test(source);
}

/**
 * `[app, "b"]`, `["app"`, `["app"] b`: the shell looks for a program of that name. Its test command has a blank after
 * the bracket; without one, `["$A" = b ]` is not meant as a list. PowerShell writes `[Type]::Member`.
 */
function isNoCommand(source: string, { script }: Instruction): boolean {
  return script !== undefined && /^\[[^\s[]/.test(source) && !/^\[[^\s\]]*\s+[=!<>-]|\]\s*(?:&&|\|\||;)/.test(source);
}

/** The list with the right quotes, commas and closing bracket; undefined if that is not enough. */
function mended(source: string): string | undefined {
  const plain = source.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
  const quoted = plain.includes('"') ? plain : plain.replace(/'([^'\\]*)'/g, '"$1"');
  // `"a" "b"`: a comma is missing.
  // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
  const parted = quoted.replace(/("(?:[^"\\]|\\.)*")(?=\s*")/g, '$1,');
  const closed = (parted.endsWith(']') ? parted : `${parted}]`).replace(/,\s*\]$/, ']');
  try {
    const value: unknown = JSON.parse(closed);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? closed : undefined;
  } catch {
    return undefined;
  }
}
