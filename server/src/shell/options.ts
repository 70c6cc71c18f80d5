import type { Word } from '../text/word';
import { OPTION_TABLES, type OptionTable } from './optionTables';
import type { ShellCommand } from './script';

/** The words of a command, sorted by kind. */
export interface CommandOptions {
  readonly subcommand: Word | undefined;
  readonly options: readonly Option[];
  readonly operands: readonly Word[];
  /** True when one of the options is given, including inside a cluster such as `-yqq`. */
  has(...names: string[]): boolean;
  /** The first option with one of the names. */
  option(...names: string[]): Option | undefined;
}

export interface Option {
  /** With its dashes: `--yes`, `-y`. A cluster such as `-yq` becomes one option per letter. */
  readonly name: string;
  /** The rest of the same word or, where the table says so, the next word. */
  readonly value: string | undefined;
  readonly word: Word;
}

const NO_TABLE: OptionTable = { valued: [], hasSubcommand: false };

/**
 * The tool that a command runs: `pip3`, `pip3.11` and `python -m pip` are pip. The words start with the name of the
 * tool.
 */
export function toolOf(command: ShellCommand): { readonly tool: string; readonly words: readonly Word[] } {
  const { name, words } = command;
  // Many rules call this for every command, and most names need no pattern.
  if (!name.startsWith('p')) return { tool: name, words };
  if (/^(?:python|pypy)[\d.]*$/.test(name)) {
    // Without `-m`, the first operand would be a script, followed by its arguments.
    const module = words.findIndex((word, index) => index > 0 && (word.value === '-m' || !word.value.startsWith('-')));
    if (words[module]?.value === '-m' && words[module + 1]?.value === 'pip')
      return { tool: 'pip', words: words.slice(module + 1) };
  }
  return { tool: /^pip[\d.]*$/.test(name) ? 'pip' : name, words };
}

/** Many rules ask for the same commands. */
const known = new WeakMap<ShellCommand, CommandOptions>();

/** Splits the words by the option table of the tool; without a table, no option takes a value. */
export function readOptions(command: ShellCommand): CommandOptions {
  let options = known.get(command);
  if (!options) {
    options = splitWords(command);
    known.set(command, options);
  }
  return options;
}

function splitWords(command: ShellCommand): CommandOptions {
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
      const found = readWord(word, table);
      const last = found.at(-1);
      const next = words[index + 1];
      if (last && next && last.value === undefined && table.valued.includes(last.name)) {
        found[found.length - 1] = { ...last, value: next.value };
        index++;
      }
      options.push(...found);
    } else if (table.hasSubcommand && !subcommand) subcommand = word;
    else operands.push(word);
  }
  const option = (...names: string[]): Option | undefined => options.find(({ name }) => names.includes(name));
  return { subcommand, options, operands, option, has: (...names) => option(...names) !== undefined };
}

/** The options in one word: one, or one per letter. */
function readWord(word: Word, table: OptionTable): Option[] {
  const { value } = word;
  const equals = value.indexOf('=');
  const isLong = value.startsWith('--') || table.hasLongWithOneDash === true;
  if (isLong || !/^-[a-zA-Z\d]/.test(value)) {
    return equals < 0
      ? [{ name: value, value: undefined, word }]
      : [{ name: value.slice(0, equals), value: value.slice(equals + 1), word }];
  }
  const options: Option[] = [];
  for (let at = 1; at < value.length; at++) {
    const name = `-${value[at]}`;
    const rest = value.slice(at + 1);
    const hasValue = rest.startsWith('=') || (rest !== '' && table.valued.includes(name));
    options.push({ name, value: hasValue ? rest.replace(/^=/, '') : undefined, word });
    if (hasValue) break;
  }
  return options;
}
