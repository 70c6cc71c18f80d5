import type { DockerfileModel } from '../../dockerfile/model';
import { blanksBefore } from '../../text/blanks';
import type { TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';

/** Takes a word out of its line with the blanks before it; undefined where it begins the line. */
export function removeWord({ text }: DockerfileModel, { start, end }: Span): TextEdit | undefined {
  const gap = blanksBefore(text, start);
  const before = text[start - gap - 1];
  return gap === 0 || before === '\n' || before === undefined
    ? undefined
    : { span: { start: start - gap, end }, newText: '' };
}
