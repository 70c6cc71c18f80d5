import type { Instruction } from '../dockerfile/model';
import { readOptions, toolOf } from '../shell/options';
import type { ShellCommand } from '../shell/script';
import type { Word } from '../text/word';

/** One call of a package manager: its subcommand, operands and options. */
export interface PackageCommand {
  readonly tool: string;
  readonly command: ShellCommand;
  /** `install`, `update`, `add` …; undefined when there is none. */
  readonly subcommand: Word | undefined;
  readonly operands: readonly Word[];
  has(...options: string[]): boolean;
}

/**
 * Reads a call of one of the tools; undefined for other commands. When the instruction is given, options in a variable
 * count as well: `apt-get install $FLAGS curl`. An ARG, an ENV or the script itself may set the variable.
 */
export function packageCommand(
  command: ShellCommand,
  tools: readonly string[],
  on?: Instruction,
): PackageCommand | undefined {
  const { tool } = toolOf(command);
  if (!tools.includes(tool)) return undefined;
  const options = readOptions(on ? withValuesIn(command, on, (word) => /^-./.test(word)) : command);
  return {
    tool,
    command,
    subcommand: options.subcommand,
    operands: options.operands,
    has: (...names) => options.has(...names),
  };
}

/** Replaces variables that hold only such words with these words; the rest stays unchanged. */
export function withValuesIn(command: ShellCommand, on: Instruction, isMeant: (word: string) => boolean): ShellCommand {
  if (command.words.every(({ isStatic }) => isStatic)) return command;
  const words = command.words.flatMap((word) => {
    const [, braced, bare] = /^\$(?:\{(\w+)\}|(\w+))$/.exec(word.text) ?? [];
    const name = braced ?? bare;
    const parts = (name === undefined ? undefined : valueIn(on, command, name))?.trim().split(/\s+/) ?? [];
    const areMeant = parts.length > 0 && parts.every(isMeant);
    return areMeant ? parts.map((part) => ({ ...word, text: part, value: part, isStatic: true })) : [word];
  });
  // The options of a command are read once, as long as it is the same object.
  return words.every((word) => command.words.includes(word)) ? command : { ...command, words };
}

/** The value of a variable at a command: from the script before it, else from the Dockerfile. */
function valueIn(on: Instruction, { span }: ShellCommand, name: string): string | undefined {
  const assignment = (on.script?.commands ?? [])
    .filter((other) => other.words.length === 0 && other.span.start < span.start)
    .flatMap(({ assignments }) => assignments)
    .findLast((one) => one.name === name);
  return assignment ? assignment.value : on.resolve(name)?.value;
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

/** True where the author has a stricter call with this one as its alternative: `npm ci || npm install`. */
export function isFallback(
  command: ShellCommand,
  on: Instruction,
  isStricter: (other: ShellCommand) => boolean,
): boolean {
  return command.isConditional && (on.script?.commands ?? []).some((other) => other !== command && isStricter(other));
}

/** `sudo ` when the command runs under sudo: commands that a fix adds must do so too. */
export function sudoPrefix(command: ShellCommand): string {
  return command.wrappers[0]?.value === 'sudo' ? 'sudo ' : '';
}
