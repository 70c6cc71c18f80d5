import type { LogicalText } from '../shell/logicalText';
import type { Word } from '../text/word';
import { hasVariable, unquote } from './variables';

/** A part of a logical line. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Splits at blanks; quotes do not keep words together (FROM, COPY, EXPOSE …). */
export function splitAtBlanks(line: string, from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  let at = from;
  while (at < to) {
    while (at < to && isBlank(line[at])) at++;
    const start = at;
    while (at < to && !isBlank(line[at])) at++;
    if (at > start) pieces.push({ start, end: at });
  }
  return pieces;
}

/**
 * Splits at blanks outside quotes, as BuildKit does for ENV, ARG, LABEL and flags; returns at most the requested number
 * of pieces.
 */
export function splitQuoted(
  line: string,
  from: number,
  to: number,
  escape: string,
  limit = Number.POSITIVE_INFINITY,
): Piece[] {
  const pieces: Piece[] = [];
  let start = -1;
  let quote = '';
  for (let at = from; at < to && pieces.length < limit; at++) {
    const char = line[at] ?? '';
    if (quote === '' && isBlank(char)) {
      if (start >= 0) pieces.push({ start, end: at });
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (char === escape && quote !== "'") at++;
    else if (quote === '' ? char === '"' || char === "'" : char === quote) quote = quote === '' ? char : '';
  }
  if (start >= 0 && pieces.length < limit) pieces.push({ start, end: to });
  return pieces;
}

export function makeWord(logical: LogicalText, piece: Piece, escape: '\\' | '`'): Word {
  const text = logical.text.slice(piece.start, piece.end);
  return {
    text,
    value: unquote(text, escape),
    span: logical.spanOf(piece.start, piece.end),
    isStatic: !hasVariable(text, escape),
  };
}

/** The strings of a JSON array with their positions; undefined when the text is not an array of strings. */
export function readJsonStrings(logical: LogicalText, piece: Piece): Word[] | undefined {
  const source = logical.text.slice(piece.start, piece.end);
  if (!source.startsWith('[') || !source.endsWith(']')) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(source);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return undefined;
  const words: Word[] = [];
  // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
  for (const match of source.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
    const value = values[words.length];
    if (typeof value !== 'string') return undefined;
    const start = piece.start + match.index;
    words.push({
      text: match[0],
      value,
      span: logical.spanOf(start, start + match[0].length),
      isStatic: true,
    });
  }
  return words;
}

export function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n' || char === '\v' || char === '\f';
}
