import type { Span } from '../../text/span';

/** A text, a list, an object, or null for an expression with an unknown value. */
export type HclValue = string | readonly HclValue[] | ReadonlyMap<string, HclValue> | null;

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, HclValue>;
  /** Where the expression of each attribute stands. */
  readonly places: ReadonlyMap<string, Span>;
}

const MAX_DEPTH = 32;

class Malformed extends Error {}

/**
 * The top-level blocks of an HCL file with those attributes that are plain values: the subset that Bake files need
 * (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). Expressions are skipped. The parsers on npm are
 * HashiCorp's own, compiled from Go, and two megabytes or larger. Undefined when the file is malformed.
 */
export function readHcl(text: string, values: HclNames = new Map()): readonly HclBlock[] | undefined {
  const reader: Reader = { text, values, at: 0, templates: 0 };
  try {
    return readBody(reader, 0).blocks;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Names whose values are known, such as those of a matrix. */
export type HclNames = ReadonlyMap<string, string>;

interface Reader {
  readonly text: string;
  readonly values: HclNames;
  at: number;
  /** The nesting depth of `${…}`. */
  templates: number;
}

interface Body extends Pick<HclBlock, 'attributes' | 'places'> {
  readonly blocks: readonly HclBlock[];
}

function readBody(reader: Reader, depth: number): Body {
  if (depth > MAX_DEPTH) throw new Malformed();
  const blocks: HclBlock[] = [];
  const attributes = new Map<string, HclValue>();
  const places = new Map<string, Span>();
  for (;;) {
    skipSpace(reader, true);
    if (depth === 0 ? reader.at >= reader.text.length : take(reader, '}')) return { blocks, attributes, places };
    const name = readWord(reader);
    skipSpace(reader, false);
    if (take(reader, '=')) {
      skipSpace(reader, false);
      const start = reader.at;
      attributes.set(name, readExpression(reader, depth));
      places.set(name, { start, end: reader.at });
    } else {
      const labels = readLabels(reader);
      const { blocks: _, ...body } = readBody(reader, depth + 1);
      blocks.push({ type: name, labels, ...body });
    }
  }
}

/** Reads up to and including the `{`. */
function readLabels(reader: Reader): readonly string[] {
  const labels: string[] = [];
  for (;;) {
    skipSpace(reader, false);
    if (take(reader, '{')) return labels;
    const label = reader.text[reader.at] === '"' ? readQuoted(reader) : readWord(reader);
    if (label === null) throw new Malformed();
    labels.push(label);
  }
}

/** A plain value that is followed by nothing; any other expression is skipped. */
function readExpression(reader: Reader, depth: number): HclValue {
  if (depth > MAX_DEPTH) throw new Malformed();
  skipSpace(reader, false);
  const value = readValue(reader, depth);
  skipSpace(reader, false);
  if (isAtEnd(reader)) return value;
  skipExpression(reader);
  return null;
}

function isAtEnd({ text, at }: Reader): boolean {
  return at >= text.length || '\r\n,]}'.includes(text[at] ?? '');
}

function readValue(reader: Reader, depth: number): HclValue {
  const char = reader.text[reader.at];
  if (char === '"') return readQuoted(reader);
  if (char === '[') return readList(reader, depth + 1);
  if (char === '{') return readObject(reader, depth + 1);
  const word = match(reader, /-?[\w.]+/y) ?? '';
  if (word === 'true' || word === 'false') return word;
  const known = reader.values.get(word);
  if (known !== undefined) return known;
  return /^-?\d+(?:\.\d+)?$/.test(word) && Number.isFinite(Number(word)) ? String(Number(word)) : null;
}

function readList(reader: Reader, depth: number): HclValue {
  reader.at++;
  const items: HclValue[] = [];
  for (;;) {
    skipSpace(reader, true);
    if (take(reader, ']')) return items;
    if (isAtWord(reader, 'for')) return skipRest(reader, ']');
    items.push(readExpression(reader, depth));
    skipSpace(reader, true);
    if (!take(reader, ',') && reader.text[reader.at] !== ']') throw new Malformed();
  }
}

function readObject(reader: Reader, depth: number): HclValue {
  reader.at++;
  const entries = new Map<string, HclValue>();
  for (;;) {
    skipSpace(reader, true);
    if (take(reader, '}')) return entries;
    if (isAtWord(reader, 'for') || reader.text[reader.at] === '(') return skipRest(reader, '}');
    const key = reader.text[reader.at] === '"' ? readQuoted(reader) : readWord(reader);
    skipSpace(reader, false);
    if (!take(reader, '=') && !take(reader, ':')) throw new Malformed();
    const value = readExpression(reader, depth);
    if (key === null) return skipRest(reader, '}');
    entries.set(key, value);
    skipSpace(reader, false);
    take(reader, ',');
  }
}

/** Skips the rest of a computed list or object. */
function skipRest(reader: Reader, close: string): null {
  while (!take(reader, close)) {
    skipToken(reader);
    skipSpace(reader, true);
  }
  return null;
}

/** Skips to the end of the line, or of the item, outside brackets. */
function skipExpression(reader: Reader): void {
  while (!isAtEnd(reader)) {
    skipToken(reader);
    skipSpace(reader, false);
  }
}

/** One character, a string, or everything between brackets. */
function skipToken(reader: Reader): void {
  const char = reader.text[reader.at];
  const close = char === '(' ? ')' : char === '[' ? ']' : char === '{' ? '}' : undefined;
  if (char === undefined) throw new Malformed();
  if (char === '"') readQuoted(reader);
  else if (match(reader, /<<-?[\w-]+\r?\n/y, false)) skipHeredoc(reader);
  else if (close === undefined) reader.at++;
  else {
    reader.at++;
    skipBrackets(reader, close);
  }
}

/** Uses an explicit stack, because brackets can be nested without limit. */
function skipBrackets(reader: Reader, close: string): void {
  const closes = [close];
  for (;;) {
    skipSpace(reader, true);
    const char = reader.text[reader.at];
    if (char === undefined) throw new Malformed();
    if (char === closes.at(-1)) {
      reader.at++;
      closes.pop();
      if (closes.length === 0) return;
    } else if (char === '"') readQuoted(reader);
    else if (match(reader, /<<-?[\w-]+\r?\n/y, false)) skipHeredoc(reader);
    else {
      if (char === '(') closes.push(')');
      else if (char === '[') closes.push(']');
      else if (char === '{') closes.push('}');
      reader.at++;
    }
  }
}

/** The text of a heredoc is never needed. */
function skipHeredoc(reader: Reader): void {
  const name = /[\w-]+/.exec((match(reader, /<<-?[\w-]+\r?\n/y) ?? '').replace(/^<<-?/, ''))?.[0] ?? '';
  for (;;) {
    const end = reader.text.indexOf('\n', reader.at);
    const line = reader.text.slice(reader.at, end < 0 ? undefined : end);
    if (line.trim() === name) {
      // The line end ends the attribute.
      reader.at += line.trimEnd().length;
      return;
    }
    if (end < 0) throw new Malformed();
    reader.at = end + 1;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Null for a string with an interpolation. */
function readQuoted(reader: Reader): string | null {
  reader.at++;
  let value = '';
  let isKnown = true;
  for (;;) {
    const char = reader.text[reader.at];
    if (char === undefined || char === '\n') throw new Malformed();
    const two = reader.text.slice(reader.at, reader.at + 2);
    if (char === '"') {
      reader.at++;
      return isKnown ? value : null;
    }
    if (char === '\\') {
      const escaped = ESCAPES[two[1] ?? ''];
      isKnown &&= escaped !== undefined;
      value += escaped ?? '';
      reader.at += 2;
    } else if (two === '$$' || two === '%%') {
      const isEscape = reader.text[reader.at + 2] === '{';
      value += isEscape ? `${char}{` : char;
      reader.at += isEscape ? 3 : 1;
    } else if (two === '${' || two === '%{') {
      const known = reader.values.get(
        /\$\{ *([\w-]+) *\}/y.exec(reader.text.slice(reader.at, reader.at + 100))?.[1] ?? '',
      );
      isKnown &&= known !== undefined;
      value += known ?? '';
      reader.at += 2;
      if (++reader.templates > MAX_DEPTH) throw new Malformed();
      skipBrackets(reader, '}');
      reader.templates--;
    } else {
      value += char;
      reader.at++;
    }
  }
}

function readWord(reader: Reader): string {
  const word = match(reader, /[\p{L}_][\p{L}\p{Nd}_-]*/uy);
  if (word === undefined) throw new Malformed();
  return word;
}

function isAtWord(reader: Reader, word: string): boolean {
  return reader.text.startsWith(word, reader.at) && /\s/.test(reader.text[reader.at + word.length] ?? '');
}

/** Skips spaces and comments; with `isAcrossLines`, also line ends. */
function skipSpace(reader: Reader, isAcrossLines: boolean): void {
  const space = isAcrossLines ? /[ \t\r\n\uFEFF]+/y : /[ \t]+/y;
  while (
    match(reader, space) !== undefined ||
    match(reader, /(?:#|\/\/)[^\n]*/y) !== undefined ||
    skipBlockComment(reader)
  );
}

function skipBlockComment(reader: Reader): boolean {
  if (!reader.text.startsWith('/*', reader.at)) return false;
  const end = reader.text.indexOf('*/', reader.at + 2);
  if (end < 0) throw new Malformed();
  reader.at = end + 2;
  return true;
}

function take(reader: Reader, char: string): boolean {
  if (reader.text[reader.at] !== char) return false;
  reader.at++;
  return true;
}

function match(reader: Reader, pattern: RegExp, isTaken = true): string | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined && isTaken) reader.at += found.length;
  return found;
}
