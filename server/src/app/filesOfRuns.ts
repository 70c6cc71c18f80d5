import type { Instruction } from '../dockerfile/model';
import { readOptions } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import { absolutePaths } from './commandFolder';

/** Files with plain names that a RUN writes with `>`, tee or touch, as absolute paths. */
export function filesWrittenBy(run: Instruction): string[] {
  if (run.keyword !== 'RUN') return [];
  return (run.script?.commands ?? []).flatMap((command) => absolutePaths(run, command, filesOf(command)));
}

/** The files that a command writes, if it writes nothing else, as they are named; none where a name is not plain. */
export function filesOf(command: ShellCommand): string[] {
  const targets = command.redirects.flatMap(({ operator, target }) =>
    operator.includes('>') && target ? [target] : [],
  );
  const operands = /^(?:tee|touch)$/.test(command.name) ? readOptions(command).operands : [];
  const words = [...targets, ...operands];
  if (words.some((word) => !word.isStatic || /[*?{&]/.test(word.value))) return [];
  return words.map(({ value }) => value).filter((path) => path !== '/dev/null');
}
