import type { TextEdit } from '../../text/edits';
import type { DockerfileModel, Instruction } from '../model';

/** Takes an instruction with its lines out of the file; undefined when a comment stands inside it, which would be lost. */
export function removeInstruction({ text, comments }: DockerfileModel, node: Instruction): TextEdit | undefined {
  const hasComment = comments.some(({ span }) => span.start > node.span.start && span.end <= node.span.end);
  if (hasComment) return undefined;
  const start = text.lastIndexOf('\n', node.span.start - 1) + 1;
  const newline = text.indexOf('\n', node.span.end);
  const end = newline < 0 ? text.length : newline + 1;
  if (newline >= 0 || start === 0) return { span: { start, end }, newText: '' };
  // The last line takes the line end before it along.
  return { span: { start: text[start - 2] === '\r' ? start - 2 : start - 1, end }, newText: '' };
}
