import { type Automaton, compile, literal, one, optional, type Pattern, repeated, sequence } from '../text/automaton';

/** Which files a `.dockerignore` excludes from the build context. */
export interface Dockerignore {
  /** True when the file is excluded, or the folder with everything in it. */
  isIgnored(path: string): boolean;
}

interface Line {
  readonly text: string;
  readonly isException: boolean;
  /** Created on first use. */
  readonly automaton: () => Automaton;
}

/** Every path is matched against every pattern. */
const MAX_LINES = 1000;
const MAX_LENGTH = 64 * 1024;

/**
 * Reads patterns by the rules of https://docs.docker.com/build/concepts/context/#dockerignore-files: the last match
 * decides. Undefined when there are more patterns than a person writes.
 */
export function parseDockerignore(text: string): Dockerignore | undefined {
  const written = text.split(/\r?\n/);
  if (written.length > MAX_LINES || text.length > MAX_LENGTH) return undefined;
  const lines = written.flatMap((line): Line[] => {
    const trimmed = line.replace(/^\uFEFF/, '').trim();
    if (trimmed === '' || line.startsWith('#')) return [];
    const isException = trimmed.startsWith('!');
    const pattern = clean(isException ? trimmed.slice(1).trim() : trimmed);
    return pattern === '' ? [] : [{ text: pattern, isException, automaton: toAutomaton(pattern) }];
  });
  return {
    isIgnored: (given) => {
      const path = clean(given);
      // Only a pattern for everything, without exceptions, excludes the context's root.
      if (path === '') return !lines.some((one) => one.isException) && lines.some((one) => /^\*\*?$/.test(one.text));
      const last = lines.findLast(({ automaton }) => automaton().matchesPathOrFolder(path));
      if (!last || last.isException) return false;
      // An exception may include something inside again.
      return !lines.some((one) => one.isException && (one.text.startsWith(`${path}/`) || one.text.startsWith('**')));
    },
  };
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const NAME = one((char) => char !== '/');
const ANYTHING = repeated(one((char) => char !== '\n'));
const FOLDERS = optional(sequence(ANYTHING, literal('/')));

/** `*` and `?` stay within a folder, `**` matches across folders. */
function toAutomaton(pattern: string): () => Automaton {
  let automaton: Automaton | undefined;
  return () => {
    automaton ??= compile(sequence(...(pattern.match(/\*\*\/?|\\.|\[[^\]]*\]|[\s\S]/gu) ?? []).map(patternOf)));
    return automaton;
  };
}

function patternOf(token: string): Pattern {
  if (token === '**/') return FOLDERS;
  if (token === '**') return ANYTHING;
  if (token === '*') return repeated(NAME);
  if (token === '?') return NAME;
  if (/^\[.+\]$/s.test(token)) return oneOf(token);
  return literal(token.length > 1 && token.startsWith('\\') ? token.slice(1) : token);
}

function oneOf(token: string): Pattern {
  try {
    const set = new RegExp(`^${token}$`);
    return one((char) => set.test(char));
  } catch {
    // A range such as `[z-a]` matches nothing.
    return one(() => false);
  }
}
