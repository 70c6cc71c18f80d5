import { gapBetween } from '../dockerfile/edits/gapBetween';
import { lineEndOf } from '../dockerfile/edits/runLayout';
import type { DockerfileModel } from '../dockerfile/model';
import { systemInstall } from './systemPackages';

/** Longer lines get one package a line: docs.docker.com/build/building/best-practices/#sort-multi-line-arguments. */
const LONGEST_LINE = 100;
/** Shorter lists stay on a long line of the author's. */
const LONGEST_LIST = 40;

/**
 * The packages of an install behind its command: on its line, or one a line as in another install of the file or where
 * the line would be too long.
 */
export function packageLines(
  dockerfile: DockerfileModel,
  command: string,
  packages: readonly string[],
  indent: string = '    ',
): string {
  const gap = gapOfLists(dockerfile);
  const line = `${command} ${packages.join(' ')}`;
  const isShort = packages.length === 1 || indent.length + line.length <= LONGEST_LINE;
  if (isShort && (gap === undefined || packages.length === 1)) return line;
  // A list that is indented less than the commands around it would look like one of them.
  const isDeep = gap !== undefined && gap.length - gap.lastIndexOf('\n') + 4 > indent.length;
  const separator = isDeep ? gap : ` ${dockerfile.escape}${lineEndOf(dockerfile)}${indent}`;
  return [command, ...packages].join(separator);
}

/** How an install of the file separates packages on lines of their own. */
function gapOfLists({ instructions, text }: DockerfileModel): string | undefined {
  for (const { keyword, script } of instructions)
    for (const command of keyword === 'RUN' ? (script?.commands ?? []) : []) {
      const [first, second] = systemInstall(command)?.operands ?? [];
      const gap = first && second ? gapBetween(text, first, second) : '';
      if (gap.includes('\n') && !gap.includes('#')) return gap;
    }
  return undefined;
}

/** The same for a list in a script, with what follows it on a line of its own. */
export function inPackageLines(script: string, list: string, { escape, text }: DockerfileModel): string {
  const at = script.indexOf(list);
  const start = script.lastIndexOf('\n', at) + 1;
  const end = script.indexOf('\n', at + list.length);
  const line = script.slice(start, end < 0 ? script.length : end);
  if (at < 0 || list.includes('\n') || list.length <= LONGEST_LIST || line.length <= LONGEST_LINE) return script;
  const [lead = ''] = /^[ \t]*/.exec(line) ?? [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = ` ${escape}${eol}${lead}${lead.includes('\t') ? '\t' : '    '}`;
  // Where the author ends lines with the operator, it stays behind the last package.
  const rest = script.slice(at + list.length).replace(/^ (?=&& *[^ \\`])/, gap);
  return script.slice(0, at).trimEnd() + gap + list.split(/ +/).join(gap) + rest;
}
