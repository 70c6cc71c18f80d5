import { finalStages } from '../../dockerfile/finalStages';
import type { Instruction } from '../../dockerfile/model';
import { mentionsVariable } from '../../dockerfile/variables';
import { phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import type { Transform } from '../transform';

/** Merges consecutive ENV and LABEL instructions. */
export const mergeSettings: Transform = {
  id: 'merge-settings',
  safety: 'safe',
  level: 'safe',
  propose({ dockerfile }) {
    const edits: TextEdit[] = [];
    const { text, escape } = dockerfile;
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    for (const { instructions } of finalStages(dockerfile)) {
      for (let index = 1; index < instructions.length; index++) {
        const [first, second] = [instructions[index - 1], instructions[index]];
        if (!first || !second || !canJoin(text, first, second, instructions, index)) continue;
        edits.push({
          span: { start: first.span.end, end: second.body.start },
          newText: ` ${escape}${eol}${indentOf(text, first, second)}`,
        });
      }
    }
    if (edits.length === 0) return undefined;
    return {
      title:
        edits.length > 1
          ? phrase('Join consecutive ENV and LABEL lines ({count}×)', { count: edits.length })
          : phrase('Join consecutive ENV and LABEL lines'),
      reason: phrase('Related settings are easier to read together, and take only one entry in the image history.'),
      edits,
    };
  },
};

/** The indentation of the continuation lines of either instruction, if it has several pairs. */
function indentOf(text: string, ...nodes: readonly Instruction[]): string {
  for (const { body } of nodes) {
    const indent = /\n([ \t]+)[^ \t\r\n#]/.exec(text.slice(body.start, body.end))?.[1];
    if (indent !== undefined) return indent;
  }
  return '    ';
}

function canJoin(
  text: string,
  first: Instruction,
  second: Instruction,
  all: readonly Instruction[],
  index: number,
): boolean {
  if (first.keyword !== second.keyword || (first.keyword !== 'ENV' && first.keyword !== 'LABEL')) return false;
  if (first.trigger || second.trigger || !/^\s*$/.test(text.slice(first.span.end, second.span.start))) return false;
  if (/\n[ \t]*\r?\n/.test(text.slice(first.span.end, second.span.start))) return false;
  if ([first, second].some((node) => node.pairs.length === 0 || node.pairs.some(({ isLegacy }) => isLegacy)))
    return false;
  // Within one instruction, a value does not see other values of it.
  const names: string[] = [];
  for (let at = index - 1; at >= 0 && all[at]?.keyword === first.keyword; at--)
    names.push(...(all[at]?.pairs.map(({ name }) => name) ?? []));
  const body = text.slice(second.body.start, second.body.end);
  const again = second.pairs.some(({ name }) => names.includes(name));
  return !again && !names.some((name) => mentionsVariable(body, name));
}
