import { escapePattern } from '../text/pattern';
/** Variables and quotes by the rules of BuildKit's word lexer (frontend/dockerfile/shell/lex.go). */

import { replaceWildcards, trimWildcards } from './wildcards';

/** The value of a name; `null` when it is known to be unset, undefined when that is unknown. */
export type Lookup = (name: string) => string | null | undefined;

const MAX_LENGTH = 8192;
/** No one nests `${A:-${B:-…}}` deeper. */
const MAX_DEPTH = 16;
/** Longer values are not trimmed by a pattern. */
const MAX_TRIMMED = 1024;

/**
 * Thrown where a value is unknown. It is one shared error, because capturing a stack trace each time would take most of
 * the time.
 */
const UNKNOWN = new Error('unknown value');

/** Expands variables and removes quotes and escapes; undefined when a value is unknown or the text is malformed. */
export function expandVariables(text: string, escape: '\\' | '`', lookup: Lookup): string | undefined {
  if (!/[$'"\\`]/.test(text)) return text;
  try {
    const reader: Reader = { text, position: 0, escape, lookup, depth: 0 };
    const result = readUntil(reader, undefined, false);
    return result.length > MAX_LENGTH ? undefined : result;
  } catch (error) {
    if (error === UNKNOWN) return undefined;
    throw error;
  }
}

/** Without quotes and escapes; variables stay as written. */
export function unquote(text: string, escape: '\\' | '`'): string {
  if (!/['"\\`]/.test(text)) return text;
  let result = '';
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    if (quote === "'") {
      if (char === "'") quote = '';
      else result += char;
    } else if (char === escape && index + 1 < text.length) {
      const next = text[index + 1] ?? '';
      if (quote === '"' && next !== '"' && next !== '$' && next !== escape) result += char;
      // An escaped `$` is not a variable: it stays escaped, or the text would read as one.
      else if (next === '$') result += char;
      result += next;
      index++;
    } else if (quote === '"' ? char === '"' : char === '"' || char === "'") {
      quote = quote === '' ? char : '';
    } else {
      result += char;
    }
  }
  return result;
}

/** True when it contains a `$` that would be replaced. */
export function hasVariable(text: string, escape: '\\' | '`'): boolean {
  return variableNames(text, escape).length > 0;
}

/** The names of all variables in the text, in order, including those nested in `${A:-${B}}`. */
export function variableNames(text: string, escape: '\\' | '`'): string[] {
  if (!text.includes('$')) return [];
  const names: string[] = [];
  try {
    const lookup: Lookup = (name) => {
      names.push(name);
      return null;
    };
    readUntil({ text, position: 0, escape, lookup, depth: 0 }, undefined, false);
  } catch (error) {
    if (error !== UNKNOWN) throw error;
  }
  return names;
}

interface Reader {
  readonly text: string;
  position: number;
  readonly escape: '\\' | '`';
  readonly lookup: Lookup;
  /** How many braces are open. */
  depth: number;
}

function readUntil(reader: Reader, stop: string | undefined, keepsEscapes: boolean): string {
  if (reader.depth > MAX_DEPTH) throw UNKNOWN;
  reader.depth++;
  let result = '';
  while (reader.position < reader.text.length) {
    const char = reader.text[reader.position] ?? '';
    if (char === stop) {
      reader.position++;
      reader.depth--;
      return result;
    }
    if (char === "'") {
      const close = reader.text.indexOf("'", reader.position + 1);
      if (close < 0) throw UNKNOWN;
      result += reader.text.slice(reader.position + 1, close);
      reader.position = close + 1;
    } else if (char === '"') {
      result += readDoubleQuotes(reader);
    } else if (char === '$') {
      result += readVariable(reader);
    } else if (char === reader.escape) {
      if (keepsEscapes) result += char;
      result += reader.text[reader.position + 1] ?? '';
      reader.position += 2;
    } else {
      result += char;
      reader.position++;
    }
    if (result.length > MAX_LENGTH) throw UNKNOWN;
  }
  if (stop !== undefined) throw UNKNOWN;
  reader.depth--;
  return result;
}

function readDoubleQuotes(reader: Reader): string {
  let result = '';
  reader.position++;
  while (reader.position < reader.text.length) {
    const char = reader.text[reader.position] ?? '';
    if (char === '"') {
      reader.position++;
      return result;
    }
    if (char === '$') {
      result += readVariable(reader);
      continue;
    }
    const next = reader.text[reader.position + 1];
    if (char === reader.escape && (next === '"' || next === '$' || next === reader.escape)) {
      result += next;
      reader.position += 2;
      continue;
    }
    result += char;
    reader.position++;
  }
  throw UNKNOWN;
}

function readVariable(reader: Reader): string {
  reader.position++;
  if (reader.text[reader.position] !== '{') {
    const name = readName(reader);
    return name === '' ? '$' : (valueOf(reader, name) ?? '');
  }
  reader.position++;
  const name = readName(reader);
  if (name === '') throw UNKNOWN;
  let operator = reader.text[reader.position++] ?? '';
  if (operator === '}') return valueOf(reader, name) ?? '';
  const isEmptyUnset = operator === ':';
  if (isEmptyUnset) operator = reader.text[reader.position++] ?? '';
  if (operator === '/' && !isEmptyUnset) return replaceInVariable(reader, name);
  const isPattern = operator === '#' || operator === '%';
  if (isPattern && isEmptyUnset) throw UNKNOWN;
  const word = readUntil(reader, '}', isPattern);
  const value = valueOf(reader, name);
  const isUnset = value === null || (isEmptyUnset && value === '');
  switch (operator) {
    case '-':
      return isUnset ? word : (value ?? '');
    case '+':
      return isUnset ? '' : word;
    case '?':
      if (isUnset) throw UNKNOWN;
      return value ?? '';
    case '#':
    case '%':
      return trimWildcards(trimmable(value), word, operator);
    default:
      throw UNKNOWN;
  }
}

function replaceInVariable(reader: Reader, name: string): string {
  const isGlobal = reader.text[reader.position] === '/';
  if (isGlobal) reader.position++;
  const pattern = readUntil(reader, '/', true);
  const replacement = readUntil(reader, '}', true);
  return replaceWildcards(trimmable(valueOf(reader, name)), pattern, replacement, isGlobal);
}

function trimmable(value: string | null): string {
  if (value !== null && value.length > MAX_TRIMMED) throw UNKNOWN;
  return value ?? '';
}

function readName(reader: Reader): string {
  const match = /^(?:\d+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(
    reader.text.slice(reader.position, reader.position + 256),
  );
  const name = match?.[0] ?? '';
  reader.position += name.length;
  return name;
}

function valueOf(reader: Reader, name: string): string | null {
  const value = reader.lookup(name);
  if (value === undefined) throw UNKNOWN;
  return value;
}

/** True when a text contains `$name` or `${name…`, even where quotes or escapes keep it from being expanded. */
export function mentionsVariable(text: string, name: string): boolean {
  return new RegExp(`\\$\\{?${escapePattern(name)}\\b`).test(text);
}
