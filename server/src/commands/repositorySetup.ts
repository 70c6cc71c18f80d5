import type { ShellCommand } from '../shell/script';
import { anyOf } from '../text/pattern';

/**
 * Scripts that set up a repository for apt and then fetch all package lists: NodeSource, packagecloud and Cloudsmith
 * (their scripts, 2026-11).
 */
const SCRIPTS = anyOf(
  /^https:\/\/deb\.nodesource\.com\/setup_/,
  /^https:\/\/packagecloud\.io\/install\/repositories\/[\w./-]{1,160}\/script\.deb\.sh$/,
  /^https:\/\/dl\.cloudsmith\.io\/[\w./-]{1,160}\/setup\.deb\.sh$/,
);

/** True for the shell in `curl -fsSL https://deb.nodesource.com/setup_20.x | bash -`. */
export function setsUpRepository(command: ShellCommand): boolean {
  const item = command.chain.items[command.itemIndex];
  return (
    item?.kind === 'pipeline' &&
    /^(?:ba|da)?sh$/.test(command.name) &&
    item.commands.some(({ words }) => words.some(({ value }) => SCRIPTS.test(value)))
  );
}
