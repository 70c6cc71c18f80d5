import { type Automaton, compile, either, literal, one, type Pattern, repeated, sequence } from '../text/automaton';

/**
 * True when the path matches: `*` and `?` within a folder, `**` across folders, `[a-z]`, `{a,b}`. Names that begin with
 * a dot are not special. A glob without `/` matches the file's name in any folder, one that ends in `/` matches
 * everything in that folder.
 */
export function matchesGlob(path: string, glob: string): boolean {
  return compiled(anchor(normalize(glob))).matches(normalize(path));
}

/** The globs of a configuration are matched against every file. */
const known = new Map<string, Automaton>();
const MAX_KNOWN = 256;

function compiled(glob: string): Automaton {
  let automaton = known.get(glob);
  if (!automaton) {
    if (known.size >= MAX_KNOWN) known.clear();
    automaton = toAutomaton(glob);
    known.set(glob, automaton);
  }
  return automaton;
}

function normalize(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
}

function anchor(glob: string): string {
  const whole = glob.endsWith('/') ? `${glob}**` : glob;
  return whole.includes('/') ? whole.replace(/^\//, '') : `**/${whole}`;
}

const TOKEN = /\*\*\/|\*+|\?|\[!?\]?[^\]/]*\]|[{},]|[\s\S]/gu;

const NAME = one((char) => char !== '/');
const ANYTHING = repeated(one(() => true));
const FOLDERS = repeated(sequence(NAME, repeated(NAME), literal('/')));

/** Longer than any path. */
const MAX_LENGTH = 1000;

function toAutomaton(glob: string): Automaton {
  if (glob.length > MAX_LENGTH) return compile(one(() => false));
  const hasClosed = (glob.match(/\{/g) ?? []).length === (glob.match(/\}/g) ?? []).length;
  /** The alternatives of each open brace; the first entry is for the whole glob. */
  const open: [Pattern[], ...Pattern[][]][] = [[[]]];
  for (const token of glob.match(TOKEN) ?? []) {
    const choices = open.at(-1) ?? [[]];
    const isInside = open.length > 1;
    if (hasClosed && token === '{') open.push([[]]);
    else if (isInside && token === '}') {
      open.pop();
      open
        .at(-1)
        ?.at(-1)
        ?.push(either(...choices.map((choice) => sequence(...choice))));
    } else if (isInside && token === ',') choices.push([]);
    else choices.at(-1)?.push(patternOf(token));
  }
  // Braces in the wrong order are never closed: such a glob matches nothing.
  if (open.length > 1) return compile(one(() => false));
  return compile(sequence(...(open[0]?.[0] ?? [])));
}

function patternOf(token: string): Pattern {
  if (token === '**/') return FOLDERS;
  if (token === '*') return repeated(NAME);
  if (token.startsWith('*')) return ANYTHING;
  if (token === '?') return NAME;
  if (token.startsWith('[') && token.endsWith(']') && token.length > 2) return oneOf(token);
  return literal(token);
}

function oneOf(token: string): Pattern {
  try {
    const set = new RegExp(`^[${token.slice(1, -1).replace(/^!/, '^').replace(/[[\\]/g, '\\$&')}]$`, 'su');
    return one((char) => set.test(char));
  } catch {
    // A range such as `[z-a]` matches nothing.
    return one(() => false);
  }
}
