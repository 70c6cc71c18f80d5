import type { TextEdit } from '../../text/edits';
import type { DockerfileModel, Instruction } from '../model';

/** Removes an instruction with its lines; undefined when it contains a comment, which would be lost. */
export function removeInstruction({ text, comments }: DockerfileModel, node: Instruction): TextEdit | undefined {
  const hasComment = comments.some(({ span }) => span.start > node.span.start && span.end <= node.span.end);
  if (hasComment) return undefined;
  const start = text.lastIndexOf('\n', node.span.start - 1) + 1;
  const newline = text.indexOf('\n', node.span.end);
  const end = newline < 0 ? text.length : newline + 1;
  if (newline >= 0 || start === 0) return { span: { start, end }, newText: '' };
  // Removing the last line also removes the line end before it.
  return { span: { start: text[start - 2] === '\r' ? start - 2 : start - 1, end }, newText: '' };
}
