import { packageCommand } from '../../commands/packageCommand';
import { SYSTEM_MANAGERS } from '../../commands/systemPackages';
import type { Instruction } from '../../dockerfile/model';
import type { ShellCommand, ShellItem } from '../../shell/script';

/** Commands that several RUNs need and one RUN needs once: caches are emptied at its end, lists are read at its beginning. */
export function repeatedCommands(runs: readonly Instruction[]): ReadonlySet<ShellItem> {
  const repeated = new Set<ShellItem>();
  let haveLists = false;
  for (const [index, run] of runs.entries()) {
    const later = runs.slice(index + 1).flatMap(commandsOf);
    for (const [at, item] of (run.script?.chain.items ?? []).entries()) {
      const [command, ...others] = item.kind === 'command' ? item.commands : [];
      const isOnly = command !== undefined && others.length === 0;
      if (isOnly && index + at > 0 && later.some((other) => cleansToo(command, other))) {
        repeated.add(item);
        continue;
      }
      const isUpdate = isOnly && isPlainUpdate(command);
      if (isUpdate && haveLists && index > 0 && item !== runs.at(-1)?.script?.chain.items.at(-1)) repeated.add(item);
      haveLists = isOnly && (isUpdate || (haveLists && keepsLists(command)));
    }
  }
  return repeated;
}

function commandsOf({ script }: Instruction): ShellCommand[] {
  return (script?.chain.items ?? []).flatMap(({ kind, commands }) => (kind === 'command' ? commands.slice(0, 1) : []));
}

const CACHES = /^\/(?:var\/(?:lib\/apt\/lists|cache)|root\/\.(?:cache|npm))(?:\/|$)/;

/** The second empties what the first does, and maybe more. */
function cleansToo(first: ShellCommand, second: ShellCommand): boolean {
  if (wordsOf(first)[0] !== wordsOf(second)[0] || first.wrappers.length !== second.wrappers.length) return false;
  const paths = wordsOf(first)
    .slice(1)
    .filter((word) => !word.startsWith('-'));
  if (first.name === 'rm') return paths.every((path) => CACHES.test(path) && wordsOf(second).includes(path));
  return (
    /^(?:[\w-]+ )?(?:cache )?(?:clean|purge)\b/.test(wordsOf(first).join(' ')) &&
    wordsOf(first).join(' ') === wordsOf(second).join(' ')
  );
}

function wordsOf({ words }: ShellCommand): string[] {
  return words.map(({ value }) => value);
}

function isPlainUpdate(command: ShellCommand): boolean {
  const call = packageCommand(command, ['apt-get', 'apt']);
  return call?.subcommand?.value === 'update' && !call.has('-o', '--option') && command.wrappers.length === 0;
}

/** It neither removes the lists nor brings another archive. */
function keepsLists(command: ShellCommand): boolean {
  const call = packageCommand(command, SYSTEM_MANAGERS);
  return (
    /^(?:autoclean|autoremove|clean|install|purge|remove|upgrade)$/.test(call?.subcommand?.value ?? '') &&
    !call?.operands.some(({ value }) => /\/|release|repo|archive|keyring/.test(value))
  );
}
