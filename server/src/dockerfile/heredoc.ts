/** The heredoc openers in the line of one instruction, by the rules of BuildKit's parser. */

export interface HeredocOpener {
  /** Offsets into the joined line. */
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly expand: boolean;
  readonly stripTabs: boolean;
}

const HEREDOC_WORD = /^\d*<<(-?)\s*(?!\s)([^<]*)$/;
const DETACHED_OPENER = /^\d*<<-?$/;

/**
 * @param line the instruction with its continuations joined
 * @param hasTerminator whether a later line is exactly this delimiter; called only where a blank separates the
 * delimiter from its `<<`
 */
export function findHeredocOpeners(line: string, hasTerminator: (name: string) => boolean): HeredocOpener[] {
  const words = splitRawWords(line);
  if (words === undefined) return [];
  const openers: HeredocOpener[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) continue;
    let text = line.slice(word.start, word.end);
    let end = word.end;
    const next = words[index + 1];
    // `<< EOF`: shells and BuildKit allow the blank. Only a terminator distinguishes it from a shift operator.
    if (next && DETACHED_OPENER.test(text)) {
      const name = unquoteDelimiter(line.slice(next.start, next.end));
      if (name === undefined || !hasTerminator(name.text)) continue;
      text += line.slice(next.start, next.end);
      end = next.end;
      index++;
    }
    const match = HEREDOC_WORD.exec(text);
    if (!match?.[2]) continue;
    const name = unquoteDelimiter(match[2]);
    if (name === undefined) continue;
    openers.push({
      start: word.start,
      end,
      name: name.text,
      expand: !name.isQuoted,
      stripTabs: match[1] === '-',
    });
  }
  return openers;
}

function unquoteDelimiter(raw: string): { text: string; isQuoted: boolean } | undefined {
  const text = raw.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g, '$1$2$3');
  return text === '' ? undefined : { text, isQuoted: text !== raw };
}

/** Words with their quotes; undefined for an unclosed quote: BuildKit then sees no heredoc at all. */
function splitRawWords(line: string): { start: number; end: number }[] | undefined {
  const words: { start: number; end: number }[] = [];
  let start = -1;
  let index = 0;
  while (index < line.length) {
    const char = line[index];
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') {
      if (start >= 0) words.push({ start, end: index });
      start = -1;
      index++;
      continue;
    }
    if (start < 0) start = index;
    if (char === '\\') {
      index += 2;
    } else if (char === "'") {
      const close = line.indexOf("'", index + 1);
      if (close < 0) return undefined;
      index = close + 1;
    } else if (char === '"') {
      index++;
      while (index < line.length && line[index] !== '"') index += line[index] === '\\' ? 2 : 1;
      if (index >= line.length) return undefined;
      index++;
    } else {
      index++;
    }
  }
  if (start >= 0) words.push({ start, end: Math.min(index, line.length) });
  return words;
}
