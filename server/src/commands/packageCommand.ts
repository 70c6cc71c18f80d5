import type { Instruction } from '../dockerfile/model';
import { readOptions, toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import type { Word } from '../text/word';

/** One call of a package manager: what it does, to what, with which options. */
export interface PackageCommand {
  readonly tool: string;
  readonly command: ShellCommand;
  /** `install`, `update`, `add` …; undefined when there is none. */
  readonly subcommand: Word | undefined;
  readonly operands: readonly Word[];
  has(...options: string[]): boolean;
}

/** Reads a call of one of the tools; undefined for other commands. */
export function packageCommand(command: ShellCommand, tools: readonly string[]): PackageCommand | undefined {
  const { tool } = toolOf(command);
  if (!tools.includes(tool)) return undefined;
  const options = readOptions(command);
  return {
    tool,
    command,
    subcommand: options.subcommand,
    operands: options.operands,
    has: (...names) => options.has(...names),
  };
}

/** True when a later command of the script calls one of the tools with this subcommand. */
export function isFollowedBy(
  run: Instruction,
  command: ShellCommand,
  tools: readonly string[],
  subcommand: string,
): boolean {
  return (run.script?.commands ?? []).some(
    (other) => other.span.start > command.span.start && packageCommand(other, tools)?.subcommand?.value === subcommand,
  );
}

/** `sudo ` when the command runs under sudo: what a fix adds must run so too. */
export function sudoPrefix(command: ShellCommand): string {
  return command.wrappers[0]?.value === 'sudo' ? 'sudo ' : '';
}
