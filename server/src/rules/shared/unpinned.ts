import { type PackageCommand, packageCommand, withValuesIn } from '../../commands/packageCommand';
import type { Instruction } from '../../dockerfile/model';
import type { RuleSettings } from '../../engine/ruleSettings';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';

export interface PinCheck {
  readonly tools: readonly string[];
  readonly subcommands: readonly string[];
  isPinned(name: string, call: PackageCommand): boolean;
}

/** The packages in an install without a version, also those in `DEPS="gcc make"`. Files and URLs are left out. */
export function unpinnedPackages(
  command: ShellCommand,
  on: Instruction,
  check: PinCheck,
  dialect?: RuleSettings['dialect'],
): readonly Word[] {
  if (on.keyword !== 'RUN') return [];
  const call = packageCommand(withValuesIn(command, on, isPlain), check.tools);
  if (!call?.subcommand || !check.subcommands.includes(call.subcommand.value)) return [];
  // After `--`, gem takes options for the native extensions that it compiles.
  const end = call.tool === 'gem' ? command.words.find((word) => word.value === '--') : undefined;
  const operands = end ? call.operands.filter((word) => word.span.start < end.span.start) : call.operands;
  return operands.filter(
    // hadolint takes a variable for a package.
    (word) =>
      (word.isStatic || EXTRAS.test(word.value) || dialect === 'hadolint') &&
      (!isFile(word.value) || /^git\+/.test(word.value)) &&
      !check.isPinned(word.value, { ...call, operands }),
  );
}

/** `uvicorn[standard]`, which a shell without such a file takes as it is. */
const EXTRAS = /^[\w.-]+\[[\w,.-]+\]$/;

const isPlain = (word: string): boolean => !/[$*?`]/.test(word);

/** A path, a URL or a package file. */
function isFile(name: string): boolean {
  return /^[.~/]|:\/\/|\.(?:apk|deb|rpm|whl|gem|tgz|zip|tar(?:\.\w+)?)$/.test(name);
}
