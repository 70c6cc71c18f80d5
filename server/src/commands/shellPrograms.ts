import { parseText } from '../shell/parse';
import type { ShellCommand } from '../shell/script';
import { countWrapperWords } from '../shell/wrappers';
import { baseName } from '../text/paths';

const SHELLS = /^(?:ba|da|a|k|z)?sh$/;
/** Commands that check whether a program exists. */
const ASKING = /^(?:which|type|hash|whereis|command)$/;
const NAME = /^[a-zA-Z][\w.+-]*$/;
const IN_SYSTEM_FOLDER = /^(?:\/usr)?(?:\/local)?\/s?bin\/[\w.+-]+$/;
/** Scripts nested deeper than this are not read. */
const MAX_DEPTH = 4;

/** The programs that a shell script calls, as names without folders. */
export function programsOfShell(text: string, depth = 0): Set<string> {
  const { commands } = parseText(text);
  return new Set(commands.flatMap((command) => [...programsOfCommand(command, depth)]));
}

/** The commands of `sh -c 'touch /app.jar'`; any other command is itself the only one. */
export function commandsInside(command: ShellCommand): readonly ShellCommand[] {
  const text = SHELLS.test(command.name) && command.words[1]?.value === '-c' ? command.words[2]?.value : undefined;
  return text === undefined ? [command] : parseText(text).commands;
}

/** The same for the `test` of a health check in Compose: `["CMD", "curl", "x"]`, or one line that a shell runs. */
export function programsOfTest([kind = '', ...rest]: readonly string[]): Set<string> {
  if (kind === 'CMD-SHELL') return programsOfShell(rest.join(' '));
  return programsOfWords(kind === 'CMD' ? rest : [kind, ...rest]);
}

/** What one command calls: its program, its wrappers, and what they start. */
export function programsOfCommand({ name, words, wrappers }: ShellCommand, depth = 0): Set<string> {
  const called = programsOfWords(
    words.map(({ value }) => value),
    depth,
  );
  if (name === '') called.delete(baseName(words[0]?.value ?? ''));
  for (const { value } of wrappers) if (NAME.test(baseName(value))) called.add(baseName(value));
  return called;
}

/** The same for a program with its arguments, as in exec form and in lists. */
export function programsOfWords(words: readonly string[], depth = 0): Set<string> {
  const wrapped = countWrapperWords(words);
  const found = new Set(
    words
      .slice(0, wrapped + 1)
      .map(baseName)
      .filter((name) => NAME.test(name)),
  );
  const rest = words.slice(wrapped + 1);
  const name = baseName(words[wrapped] ?? '');
  for (const [index, word] of rest.entries()) {
    const isNamed = IN_SYSTEM_FOLDER.test(word) || /^-(?:exec|execdir|ok)$/.test(rest[index - 1] ?? '');
    if (isNamed || (ASKING.test(name) && NAME.test(word))) found.add(baseName(word));
  }
  const script = SHELLS.test(name) ? rest[rest.findIndex((word) => /^-[a-z]*c$/.test(word)) + 1] : undefined;
  if (script !== undefined && rest[0] !== script && depth < MAX_DEPTH)
    for (const one of programsOfShell(script, depth + 1)) found.add(one);
  found.delete('');
  return found;
}
