import type { ShellCommand } from '../shell/script';
import { anyOf } from '../text/pattern';
import type { Word } from '../text/word';

/**
 * The name of a second command that begins a line of its own but is an argument of this one, because nothing separates
 * them: `apt-get install -y curl \` with `rm -rf …` below.
 */
export function joinedCommand({ name, words, span }: ShellCommand, text: string): Word | undefined {
  if (!OUTER.has(name) || !text.slice(span.start, span.end).includes('\n')) return undefined;
  return words.find(
    (_, at) => at > 0 && beginsLine(words, at, text) && !isOption(words[at - 1]) && INNER.test(callAt(words, at, text)),
  );
}

/** Programs whose arguments are packages, files or URLs. Others may take a command: `sudo`, `find -exec`. */
const OUTER: ReadonlySet<string> = new Set(
  'apt apt-get apk dnf microdnf yum zypper pip pip3 npm gem rm mkdir cp mv ln chmod chown curl wget tar unzip touch useradd groupadd'.split(
    ' ',
  ),
);

/** Calls that are neither a package nor a file. */
const INNER = anyOf(
  /^(?:rm|chmod|chown|mkdir|ln|cp|mv) (?:-[A-Za-z]+|\d{3,4}|\+x|\/\S*) /,
  /^(?:apt-get|apt|dnf|microdnf|yum) (?:-\S+ )?(?:update|install|upgrade|clean|autoremove|autoclean|remove|purge) /,
  /^apk (?:-\S+ )?(?:add|del|update|upgrade) /,
  /^(?:pip3?|npm|gem) (?:install|ci|cache|config) /,
  /^cd [./~$]\S* /,
  /^(?:curl|wget) (?:-\S+ ){0,4}["']?https?:/,
  /^(?:git clone|tar -?[a-z]{0,4}x[a-z]{0,4}f|export \w+=\S*|(?:useradd|groupadd) -\S+) /,
  /^sudo (?:apt-get|apt|dnf|yum|rm|mkdir|chmod|chown) /,
);

/** `-o`: the next word may be its value. */
function isOption(word: Word | undefined): boolean {
  return word?.value.startsWith('-') ?? false;
}

/** The word and what follows in the same line. */
function callAt(words: readonly Word[], at: number, text: string): string {
  const next = words.slice(at + 1).findIndex((_, index) => beginsLine(words, at + 1 + index, text));
  const line = words.slice(at, next < 0 ? undefined : at + 1 + next);
  // Calls have arguments, unlike packages.
  return line.length === 1 ? '' : line.map(({ value }) => `${value} `).join('');
}

function beginsLine(words: readonly Word[], at: number, text: string): boolean {
  const [before, word] = words.slice(at - 1, at + 1);
  return before !== undefined && word !== undefined && text.slice(before.span.end, word.span.start).includes('\n');
}
