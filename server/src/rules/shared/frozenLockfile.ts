import { packageCommand } from '../../commands/packageCommand';
import type { Instruction } from '../../dockerfile/model';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';

export interface FreezeCheck {
  readonly tool: string;
  /** `undefined` where the tool alone installs. */
  readonly subcommands: readonly (string | undefined)[];
  /** Options that freeze the lock file, or with which nothing of it is installed. */
  readonly options: readonly string[];
  /** Says in the file that it is frozen everywhere. */
  readonly setting: RegExp;
}

/** An install of what the lock file names that may change it: the word to put an option behind, and how it is written. */
export function unfrozenInstall(
  command: ShellCommand,
  on: Instruction,
  text: string,
  { tool, subcommands, options, setting }: FreezeCheck,
): { readonly at: Word; readonly written: string } | undefined {
  const call = packageCommand(command, [tool], on);
  if (!call || !subcommands.includes(call.subcommand?.value) || call.operands.length > 0) return undefined;
  const at = call.subcommand ?? command.words[0];
  if (!at || call.has(...options) || setting.test(text)) return undefined;
  return { at, written: call.subcommand ? `${tool} ${call.subcommand.value}` : tool };
}
