import { type PackageCommand, packageCommand } from '../../commands/packageCommand';
import type { Instruction } from '../../dockerfile/model';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';

export interface PinCheck {
  readonly tools: readonly string[];
  readonly subcommands: readonly string[];
  isPinned(name: string, call: PackageCommand): boolean;
}

/** The packages of an install in RUN that name no version. Files, addresses and what a variable holds are left out. */
export function unpinnedPackages(command: ShellCommand, on: Instruction, check: PinCheck): readonly Word[] {
  if (on.keyword !== 'RUN') return [];
  const call = packageCommand(command, check.tools);
  if (!call?.subcommand || !check.subcommands.includes(call.subcommand.value)) return [];
  // Behind `--` gem takes options for what it compiles.
  const end = call.tool === 'gem' ? command.words.find((word) => word.value === '--') : undefined;
  const operands = end ? call.operands.filter((word) => word.span.start < end.span.start) : call.operands;
  return operands.filter(
    (word) => word.isStatic && (!isFile(word.value) || /^git\+/.test(word.value)) && !check.isPinned(word.value, call),
  );
}

/** A path, an address, or a package file. */
function isFile(name: string): boolean {
  return /^[.~/]|:\/\/|\.(?:apk|deb|rpm|whl|gem|tgz|zip|tar(?:\.\w+)?)$/.test(name);
}
