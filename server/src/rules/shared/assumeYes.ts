import { packageCommand } from '../../commands/packageCommand';
import type { Instruction } from '../../dockerfile/model';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';

export interface YesCheck {
  readonly tools: readonly string[];
  /** Those that ask before they go on. */
  readonly subcommands: readonly string[];
  /** Options that answer. */
  readonly options: readonly string[];
}

/** The subcommand of a package manager in RUN that will ask and get no answer; undefined when it will not. */
export function unansweredQuestion(command: ShellCommand, on: Instruction, check: YesCheck): Word | undefined {
  if (on.keyword !== 'RUN') return undefined;
  const call = packageCommand(command, check.tools, on);
  if (!call?.subcommand || !check.subcommands.includes(call.subcommand.value)) return undefined;
  // Without a name there is nothing to remove.
  if (/^(?:remove|purge|erase|rm)$/.test(call.subcommand.value) && call.operands.length === 0) return undefined;
  // `yes | apt-get install`, and `< file`, answer too.
  const isFed = command.pipeline.index > 0 || command.redirects.some(({ operator }) => operator.startsWith('<'));
  return isFed || call.has(...check.options) ? undefined : call.subcommand;
}
