import type { Instruction } from '../../dockerfile/model';

/** Text of the shell form that is meant as a list of exec form, and where it begins in the body; undefined for others. */
export function brokenList(text: string, node: Instruction): { at: number; list: string } | undefined {
  const source = text.slice(node.body.start, node.body.end).trim();
  const at = node.keyword === 'HEALTHCHECK' ? Math.max(source.search(/\[/), 0) : 0;
  const list = node.keyword === 'HEALTHCHECK' ? source.replace(/^CMD\s+/i, '') : source;
  const isBroken = node.keyword === 'SHELL' ? list.startsWith('[') : isList(list) || isNoCommand(list, node);
  return isBroken ? { at, list } : undefined;
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
