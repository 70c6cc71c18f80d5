import type { Instruction } from '../dockerfile/model';
import type { ShellCommand, ShellItem } from '../shell/script';
import { packageCommand } from './packageCommand';
import { SYSTEM_MANAGERS } from './systemPackages';

/**
 * Commands that several RUNs need but one joined RUN needs only once: caches are emptied at its end, lists are fetched
 * at its beginning.
 */
export function repeatedCommands(runs: readonly Instruction[]): ReadonlySet<ShellItem> {
  const repeated = new Set<ShellItem>();
  const lastCleaned = lastCleanings(runs);
  let haveLists = false;
  for (const [index, run] of runs.entries()) {
    for (const [at, item] of (run.script?.chain.items ?? []).entries()) {
      const [command, ...others] = item.kind === 'command' ? item.commands : [];
      const isOnly = command !== undefined && others.length === 0;
      const cleaned = isOnly && index + at > 0 ? cleanedBy(command) : [];
      if (cleaned.length > 0 && cleaned.every((what) => (lastCleaned.get(what) ?? 0) > index)) {
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

/** Updates of a RUN that are redundant once the RUN begins with one. */
export function repeatedUpdates({ script }: Instruction): ReadonlySet<ShellCommand> {
  const repeated = new Set<ShellCommand>();
  for (const { kind, commands } of script?.chain.items ?? []) {
    const [command] = commands;
    if (kind !== 'command' || !command) break;
    if (isPlainUpdate(command)) repeated.add(command);
    else if (!keepsLists(command)) break;
  }
  return repeated;
}

/** The index of the last RUN that empties each cache. */
function lastCleanings(runs: readonly Instruction[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [index, { script }] of runs.entries())
    for (const { kind, commands } of script?.chain.items ?? [])
      if (kind === 'command' && commands[0]) for (const what of cleanedBy(commands[0])) last.set(what, index);
  return last;
}

const CACHES = /^\/(?:var\/(?:lib\/apt\/lists|cache)|root\/\.(?:cache|npm))(?:\/|$)/;

/**
 * The caches that a command empties, if it does nothing else: folders by their paths, others by the call. Includes the
 * wrappers.
 */
function cleanedBy({ name, words, wrappers }: ShellCommand): string[] {
  const texts = words.map(({ value }) => value);
  const under = wrappers.map(({ value }) => value).join(' ');
  if (name === 'rm') {
    const paths = texts.slice(1).filter((word) => !word.startsWith('-'));
    return paths.every((path) => CACHES.test(path)) ? paths.map((path) => `${under} rm ${path}`) : [];
  }
  const call = texts.join(' ');
  return /^(?:[\w-]+ )?(?:cache )?(?:clean|purge)\b/.test(call) ? [`${under} ${call}`] : [];
}

export function isPlainUpdate(command: ShellCommand): boolean {
  const call = packageCommand(command, ['apt-get', 'apt']);
  return call?.subcommand?.value === 'update' && !call.has('-o', '--option') && command.wrappers.length === 0;
}

/** True when it neither removes the lists nor adds a package source. */
export function keepsLists(command: ShellCommand): boolean {
  const call = packageCommand(command, SYSTEM_MANAGERS);
  return (
    /^(?:autoclean|autoremove|clean|install|purge|remove|upgrade)$/.test(call?.subcommand?.value ?? '') &&
    !call?.operands.some(({ value }) => /\/|release|repo|archive|keyring/.test(value))
  );
}
