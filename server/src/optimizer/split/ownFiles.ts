import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { commandKind } from '../../commands/commandKinds';
import type { Instruction } from '../../dockerfile/model';
import type { ShellCommand } from '../../shell/script';
import { isWithin } from '../../text/paths';

/**
 * True for a command of a RUN that changes nothing outside of the folder; `runsProgram`: a call of the language's own
 * tools, which work in the folder.
 */
export function actsWithin(
  command: ShellCommand,
  run: Instruction,
  folder: string,
  runsProgram: (command: ShellCommand) => boolean,
): boolean {
  const isInside = (path: string) => isWithin(absolutePath(path, workdirAt(run)), folder);
  const isWritten = command.redirects.every(
    ({ operator, target }) =>
      !operator.includes('>') ||
      !target ||
      target.value === '/dev/null' ||
      /^&|^\d$/.test(target.value) ||
      isInside(target.value),
  );
  const kind = commandKind(command);
  if (!isWritten) return false;
  if (runsProgram(command) || kind === 'shell') return true;
  return (kind === 'setup' || kind === 'cleanup') && pathsOf(command).every(isInside);
}

/** The operands that name files, not texts, modes or owners. */
function pathsOf({ name, words }: ShellCommand): string[] {
  if (/^(?:echo|printf|cat|:)?$/.test(name)) return [];
  const operands = words.slice(1).flatMap(({ value }) => (value.startsWith('-') ? [] : [value]));
  return /^(?:chmod|chown|chgrp|sed)$/.test(name) ? operands.slice(1) : operands;
}
