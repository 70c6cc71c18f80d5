import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { COMMANDS } from '../../server/src/cli/options';
import { usage } from '../../server/src/cli/usage';
import families from '../../server/src/knowledge/data/families.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');

/** Calls that take an English text. What they are given has to be a literal, or one of PASSED_ON. */
const CALL =
  /(?<!function )\b(?:localize|phrase|refuse)\(\s*(?:('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|([^'"\s][^,)\n]*))/g;
const LITERAL = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g;
/** Texts that were literals before: of a phrase, and of the data. */
const PASSED_ON = new Set(['english', 'deprecated.reason', 'COUNTS[severity]', 'error.english', 'line', 'option.help']);

export interface SourceTexts {
  /** What stands in the calls. */
  readonly texts: ReadonlySet<string>;
  /** Calls that nobody can look up, by file. */
  readonly unclear: readonly string[];
}

/** All that the server says, but for rules. */
export function serverTexts(): SourceTexts & { readonly literals: ReadonlySet<string> } {
  const literals = new Set<string>();
  const texts = new Set(families.families.flatMap(({ deprecated }) => deprecated?.reason ?? []));
  const unclear: string[] = [];
  // The usage is said line by line.
  const remember = (line: string): string => {
    texts.add(line);
    return line;
  };
  for (const command of [undefined, ...COMMANDS]) usage(command, remember);
  for (const file of sourceFiles(join(root, 'server/src'))) {
    const source = readFileSync(file, 'utf8');
    for (const [literal] of source.matchAll(LITERAL)) literals.add(unquoted(literal));
    for (const [, literal, other] of source.matchAll(CALL)) {
      if (literal !== undefined) texts.add(unquoted(literal));
      else if (other !== undefined && !PASSED_ON.has(other)) unclear.push(`${relative(root, file)}: ${other}`);
    }
  }
  return { texts, literals, unclear };
}

/** All that the client says through `l10n.t`. */
export function clientTexts(): SourceTexts {
  const texts = new Set<string>();
  const unclear: string[] = [];
  for (const file of sourceFiles(join(root, 'client/src'))) {
    const call = /\bl10n\.t\(\s*(?:('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|([^'"\s][^,)\n]*))/g;
    for (const [, literal, other] of readFileSync(file, 'utf8').matchAll(call)) {
      if (literal !== undefined) texts.add(unquoted(literal));
      else if (other !== undefined) unclear.push(`${relative(root, file)}: ${other}`);
    }
  }
  return { texts, unclear };
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/** `{name}` and `{0}`, sorted. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([placeholder]) => placeholder).sort();
}
