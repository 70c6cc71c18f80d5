import { blanksBefore } from '../../text/blanks';
import type { TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';
import type { DockerfileModel } from '../model';

/** Removes a word from its line with the blanks before it; undefined at the beginning of the line. */
export function removeWord({ text }: DockerfileModel, { start, end }: Span): TextEdit | undefined {
  const gap = blanksBefore(text, start);
  const before = text[start - gap - 1];
  return gap === 0 || before === '\n' || before === undefined
    ? undefined
    : { span: { start: start - gap, end }, newText: '' };
}

/** Removes a word with the blanks before it. Where the word is alone on its line, removes the line. */
export function withoutWord({ text }: DockerfileModel, { start, end }: Span): TextEdit {
  const before = /(?<![ \t])(?:[ \t]*\\[ \t]*\r?\n)?[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  return { span: { start: start - before.length, end }, newText: '' };
}
