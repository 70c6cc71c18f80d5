import { absolutePath, workdirAt } from '../../app/copiedFiles';
import type { Instruction, Stage } from '../../dockerfile/model';
import { mentionsVariable } from '../../dockerfile/variables';
import type { ShellCommand } from '../../shell/script';
import { escapePattern } from '../../text/pattern';

/** The folder that a command of a RUN works in, after each `cd` before it; undefined where one is not known. */
export function folderOf(run: Instruction, command: ShellCommand): string | undefined {
  let folder = workdirAt(run);
  for (const other of run.script?.commands ?? []) {
    if (other.span.start >= command.span.start) break;
    const isOfSubshell = other.chain !== command.chain && other.chain !== run.script?.chain;
    if (other.name !== 'cd' || isOfSubshell) continue;
    const target = other.words[1] && (run.expand(other.words[1].text) ?? undefined);
    if (target === undefined || other.isConditional || target === '-') return undefined;
    folder = absolutePath(target, folder);
  }
  return folder;
}

/** What is copied out of a working directory that a build argument names, by that name: a build may give another one. */
export function byArgument({ instructions }: Stage, lines: readonly string[]): string[] {
  const named = instructions.flatMap((node) => {
    const [word] = node.keyword === 'WORKDIR' ? node.args : [];
    const [argument] = instructions.flatMap((arg) =>
      arg.keyword === 'ARG' ? arg.pairs.filter(({ name }) => word && mentionsVariable(word.text, name)) : [],
    );
    const { text = '' } = word ?? {};
    const value = node.expand(text);
    if (!argument || value === undefined || (!value.startsWith('/') && workdirAt(node) !== '/')) return [];
    const pattern = new RegExp(`(?<=\\s)${escapePattern(absolutePath(value, '/'))}(?=/|\\s|$)`, 'g');
    const isSet = new RegExp(`^\\s*ARG\\s+${argument.name}\\b`, 'im');
    return [{ pattern, isSet, text: value.startsWith('/') ? text : `/${text}` }];
  });
  return lines.map((line, index) => {
    if (!/^COPY --from=/.test(line)) return line;
    const known = named.filter(({ isSet }) => lines.slice(0, index).some((other) => isSet.test(other)));
    return known.reduce((written, { pattern, text }) => written.replace(pattern, () => text), line);
  });
}
