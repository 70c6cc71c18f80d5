import type { Word } from '../text/word';
import { OPTION_TABLES, type OptionTable } from './optionTables';
import type { ShellCommand } from './script';

/** A command's words by what they are. */
export interface CommandOptions {
  readonly subcommand: Word | undefined;
  readonly options: readonly Option[];
  readonly operands: readonly Word[];
  /** True when one of the options is given, also inside `-yqq`. */
  has(...names: string[]): boolean;
}

export interface Option {
  /** With its dashes: `--yes`, `-y`. */
  readonly name: string;
  readonly value: string | undefined;
  readonly word: Word;
}

const NO_TABLE: OptionTable = { valued: [], hasSubcommand: false };

/** The tool behind a command's name: `pip3`, `pip3.11` and `python -m pip` are pip; its words begin with its own name. */
export function toolOf(command: ShellCommand): { readonly tool: string; readonly words: readonly Word[] } {
  const { name, words } = command;
  if (/^python[\d.]*$/.test(name)) {
    const module = words.findIndex((word) => word.value === '-m');
    if (module > 0 && words[module + 1]?.value === 'pip') return { tool: 'pip', words: words.slice(module + 1) };
  }
  return { tool: /^pip[\d.]*$/.test(name) ? 'pip' : name, words };
}

/** Splits the words by the table of the command's tool; without a table no option takes a value. */
export function readOptions(command: ShellCommand): CommandOptions {
  const { tool, words } = toolOf(command);
  const table = (Object.hasOwn(OPTION_TABLES, tool) ? OPTION_TABLES[tool] : undefined) ?? NO_TABLE;
  const options: Option[] = [];
  const operands: Word[] = [];
  let subcommand: Word | undefined;
  let hasEnded = false;
  for (let index = 1; index < words.length; index++) {
    const word = words[index];
    if (!word) break;
    if (!hasEnded && word.value === '--') hasEnded = true;
    else if (!hasEnded && /^-./.test(word.value)) {
      const option = readOption(word, words[index + 1], table);
      options.push(option);
      if (option.takesNext) index++;
    } else if (table.hasSubcommand && !subcommand) subcommand = word;
    else operands.push(word);
  }
  return { subcommand, options, operands, has: (...names) => options.some((option) => isNamed(option, names)) };
}

function readOption(word: Word, next: Word | undefined, table: OptionTable): Option & { takesNext: boolean } {
  const equals = word.value.indexOf('=');
  if (word.value.startsWith('--') && equals > 0) {
    return { name: word.value.slice(0, equals), value: word.value.slice(equals + 1), word, takesNext: false };
  }
  // In a cluster such as `-Dh /home/x` the last letter may take the next word.
  const last = /^-[a-zA-Z]{2,}$/.test(word.value) ? `-${word.value.at(-1)}` : word.value;
  const isValued = table.valued.includes(word.value) || (table.clusters === true && table.valued.includes(last));
  const takesNext = isValued && next !== undefined;
  return { name: word.value, value: takesNext ? next?.value : undefined, word, takesNext };
}

function isNamed(option: Option, names: readonly string[]): boolean {
  if (names.includes(option.name)) return true;
  // A cluster of one-letter options: `-yqq`.
  return (
    /^-[a-zA-Z]{2,}$/.test(option.name) &&
    names.some((name) => /^-[a-zA-Z]$/.test(name) && option.name.includes(name.slice(1)))
  );
}
