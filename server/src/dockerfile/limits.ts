import type { ParseError } from './model';

/** No one writes a file this large, and the cost of analyzing a file can grow faster than its text. */
export const MAX_LENGTH = 1024 * 1024;
const MAX_INSTRUCTIONS = 1000;
const MAX_STAGES = 250;
/** BuildKit rejects longer lines too. */
const MAX_LINE_LENGTH = 65_535;
/** The limit of an instruction with all its continuation lines; no one reads a longer script. */
export const MAX_INSTRUCTION_LENGTH = 65_535;

/** Reports the limit that a text exceeds, before anything is parsed. */
export function excessOf(text: string): ParseError | undefined {
  if (text.length > MAX_LENGTH) return excess('too-long', `${MAX_LENGTH / 1024 / 1024} MB`);
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > MAX_LINE_LENGTH) return excess('long-line', `${MAX_LINE_LENGTH}`, start);
    start = end + 1;
  }
  return undefined;
}

/** Reports the limit that the instructions of a text exceed; by the offsets where each begins and ends. */
export function excessIn(
  text: string,
  instructions: ReadonlyMap<number, { readonly lineEnd: number }>,
): ParseError | undefined {
  if (instructions.size > MAX_INSTRUCTIONS) return excess('many-instructions', `${MAX_INSTRUCTIONS}`);
  let stages = 0;
  for (const [start, { lineEnd }] of instructions) {
    if (lineEnd - start > MAX_INSTRUCTION_LENGTH) return excess('long-instruction', `${MAX_INSTRUCTION_LENGTH}`, start);
    if (/^from\s/i.test(text.slice(start, start + 5))) stages++;
  }
  return stages > MAX_STAGES ? excess('many-stages', `${MAX_STAGES}`) : undefined;
}

function excess(kind: ParseError['kind'], name: string, start = 0): ParseError {
  return { kind, name, span: { start, end: start } };
}
