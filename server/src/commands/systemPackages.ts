import type { ShellCommand } from '../shell/script';
import type { Word } from '../text/word';
import { type PackageCommand, packageCommand } from './packageCommand';

/** The package managers of distributions. */
export const SYSTEM_MANAGERS = ['apt-get', 'apt', 'apk', 'dnf', 'yum', 'microdnf', 'zypper'];

export type Subcommanded = PackageCommand & { readonly subcommand: Word };

/** A call of one of them that installs; undefined for other commands. */
export function systemInstall(command: ShellCommand): Subcommanded | undefined {
  return callOf(command, SYSTEM_MANAGERS, ['install', 'add', 'in']);
}

/** A call that upgrades everything, not just some packages; undefined for other commands. */
export function fullUpgrade(
  command: ShellCommand,
  tools: readonly string[],
  subcommands: readonly string[],
): Subcommanded | undefined {
  const call = callOf(command, tools, subcommands);
  return call && call.operands.length === 0 ? call : undefined;
}

function callOf(
  command: ShellCommand,
  tools: readonly string[],
  subcommands: readonly string[],
): Subcommanded | undefined {
  const call = packageCommand(command, tools);
  const subcommand = call?.subcommand;
  return call && subcommand && subcommands.includes(subcommand.value) ? { ...call, subcommand } : undefined;
}

/** The package that an apt operand names: `curl` for `curl=7.88.1`, `curl/bookworm` and `curl:amd64`. */
export function packageName(operand: string): string {
  return operand.replace(/[=/:].*$/s, '');
}
